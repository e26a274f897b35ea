//! Ink: a large dark area costs toner, and black only is what most offices have.

use typst::layout::{Abs, FrameItem, Point, Transform};
use typst::visualize::{Color, CurveItem, Geometry, Paint, Shape};
use typst_layout::{Page, PagedDocument};

use super::frames::{mapped, with_pages};
use crate::model::Ink;

/// What is darker than this is dark; 1 is white.
const DARK: f32 = 0.45;
/// What is lighter than this is as good as white.
const WHITE: f32 = 0.9;
/// How much is left of a large dark area.
const LEFT: f32 = 0.12;

/// An area is large from so many square millimetres on.
fn large() -> f64 {
    Abs::mm(10.0).to_raw() * Abs::mm(20.0).to_raw()
}

/// A document with an ink.
pub(super) fn inked(document: &PagedDocument, ink: Ink) -> PagedDocument {
    if ink == Ink::Full {
        return document.clone();
    }
    let pages = document.pages().iter();
    with_pages(
        document,
        pages.map(|page| {
            let saving = saving(page);
            if ink == Ink::Black {
                black(&saving)
            } else {
                saving
            }
        }),
    )
}

/// A place on a page, from one corner to the other.
type Area = (Point, Point);

/// Large dark areas become light ones, and what stood out on them in white is black.
fn saving(page: &Page) -> Page {
    let mut lightened: Vec<Area> = Vec::new();
    let mut frame = mapped(&page.frame, Transform::identity(), &mut |at, item| {
        let FrameItem::Shape(shape, span) = item else {
            return Some(item.clone());
        };
        let dark = shape.fill.as_ref().and_then(solid);
        let dark = dark.filter(|color| luma(color) < DARK);
        let rect = shape.bbox(false);
        match dark {
            Some(color) if area(&shape.geometry) >= large() => {
                lightened.push((placed(at, rect.min), placed(at, rect.max)));
                let mut shape: Shape = shape.clone();
                shape.fill = Some(Paint::Solid(light(color)));
                Some(FrameItem::Shape(shape, *span))
            }
            _ => Some(item.clone()),
        }
    });
    let on_light = |at: Transform| {
        let point = placed(at, Point::zero());
        lightened.iter().any(|(from, to)| {
            from.x <= point.x && point.x <= to.x && from.y <= point.y && point.y <= to.y
        })
    };
    if !lightened.is_empty() {
        frame = mapped(&frame, Transform::identity(), &mut |at, item| {
            let mut item = item.clone();
            if let FrameItem::Text(text) = &mut item
                && solid(&text.fill).is_some_and(|color| luma(color) > WHITE)
                && on_light(at)
            {
                text.fill = Paint::Solid(Color::BLACK);
            }
            Some(item)
        });
    }
    Page {
        frame,
        ..page.clone()
    }
}

/// A page in black: lines and letters whole, areas in grey.
pub(super) fn black(page: &Page) -> Page {
    let line = |paint: &mut Paint| {
        if let Some(color) = solid(paint) {
            let is_white = luma(color) > WHITE;
            *paint = Paint::Solid(if is_white { Color::WHITE } else { Color::BLACK });
        }
    };
    let frame = mapped(&page.frame, Transform::identity(), &mut |_, item| {
        let mut item = item.clone();
        match &mut item {
            FrameItem::Text(text) => {
                line(&mut text.fill);
                if let Some(stroke) = &mut text.stroke {
                    line(&mut stroke.paint);
                }
            }
            FrameItem::Shape(shape, _) => {
                if let Some(color) = shape.fill.as_ref().and_then(solid) {
                    shape.fill = Some(Paint::Solid(grey(luma(color))));
                }
                if let Some(stroke) = &mut shape.stroke {
                    line(&mut stroke.paint);
                }
            }
            _ => {}
        }
        Some(item)
    });
    Page {
        frame,
        ..page.clone()
    }
}

/// The area within an outline; that of a frame around something is only the frame's.
fn area(geometry: &Geometry) -> f64 {
    let curve = match geometry {
        Geometry::Line(_) => return 0.0,
        Geometry::Rect(size) => return size.x.to_raw() * size.y.to_raw(),
        Geometry::Curve(curve) => curve,
    };
    let (mut twice, mut start, mut from) = (0.0, Point::zero(), Point::zero());
    for item in &curve.0 {
        let to = match item {
            CurveItem::Move(to) => {
                (start, from) = (*to, *to);
                continue;
            }
            CurveItem::Line(to) | CurveItem::Cubic(_, _, to) => *to,
            CurveItem::Close => start,
        };
        twice += from.x.to_raw() * to.y.to_raw() - to.x.to_raw() * from.y.to_raw();
        from = to;
    }
    twice.abs() / 2.0
}

fn placed(at: Transform, point: Point) -> Point {
    point.transform(at)
}

fn solid(paint: &Paint) -> Option<&Color> {
    match paint {
        Paint::Solid(color) => Some(color),
        Paint::Gradient(_) | Paint::Tiling(_) => None,
    }
}

fn luma(color: &Color) -> f32 {
    color.to_luma().luma
}

fn light(color: &Color) -> Color {
    let rgb = color.to_rgb();
    let channel = |value: f32| byte(1.0 - (1.0 - value) * LEFT);
    Color::from_u8(channel(rgb.red), channel(rgb.green), channel(rgb.blue), 255)
}

fn grey(luma: f32) -> Color {
    let color = Color::from_u8(byte(luma), byte(luma), byte(luma), 255);
    Color::Process(typst::visualize::ProcessColor::Luma(color.to_luma()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of a byte"
)]
fn byte(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
