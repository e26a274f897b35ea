//! The speech engine of an edition, as `loa.yaml` names it. Nothing here runs it.

use crate::load::{Fields, not_among, scalar};
use crate::model::NodeKind;
use crate::reading::Accent;

const KEYS: &[&str] = &["use", "command", "male", "female", "pace", "timeout"];

/// Engines that loa knows how to call.
const PRESETS: &[&str] = &["espeak-ng", "piper"];

/// How a speech engine is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    /// The program and its arguments. `{text}` stands for a file with the words, `{out}` for the WAV file to write,
    /// `{voice}` for the voice, `{rate}` for the pace and `{length}` for the length of a sound, 1 at the usual pace. Without `{text}` the words come on standard input.
    pub command: Vec<String>,
    /// Who reads when there is one voice, and the first of two.
    pub male: String,
    /// The second of two.
    pub female: String,
    /// What the engine is told of the rate, in percent.
    pub pace: u32,
    /// Seconds that it may take for one paragraph.
    pub timeout: u32,
}

impl Engine {
    /// An engine that loa knows.
    fn preset(name: &str, accent: Accent) -> Engine {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        let engine = Engine {
            command: Vec::new(),
            male: String::new(),
            female: String::new(),
            pace: 100,
            timeout: 60,
        };
        if name == "piper" {
            return Engine {
                command: words("piper --model {voice} --length_scale {length} --output_file {out}"),
                ..engine
            };
        }
        let voice = match accent {
            Accent::North => "vi",
            Accent::Central => "vi-vn-x-central",
            Accent::South => "vi-vn-x-south",
        };
        Engine {
            command: words("espeak-ng -v {voice} -s {rate} -w {out} -f {text}"),
            male: voice.to_owned(),
            female: format!("{voice}+f3"),
            // Its minute has fewer words than it is told.
            pace: 88,
            ..engine
        }
    }

    /// The voice of a part of a bulletin.
    #[must_use]
    pub fn voice(&self, female: bool) -> &str {
        if female && !self.female.is_empty() {
            &self.female
        } else {
            &self.male
        }
    }
}

/// Reads `engine`: the name of a preset, or a map.
pub(super) fn read(fields: &mut Fields<'_, '_>, accent: Accent) -> Option<Engine> {
    let node = fields.get("engine")?;
    if let NodeKind::Scalar(_) = node.kind {
        let name = scalar(node).unwrap_or_default();
        if PRESETS.contains(&name) {
            return Some(Engine::preset(name, accent));
        }
        let finding = not_among(node.span, name, PRESETS);
        fields.diags().push(finding);
        return None;
    }
    let mut own = Fields::open(node, "what-engine", KEYS, fields.diags())?;
    let preset = own.word("use", PRESETS, |name| {
        Some(Engine::preset(name, accent)).filter(|_| PRESETS.contains(&name))
    });
    let command = own.texts("command");
    if preset.is_none() && command.is_none() {
        own.missing("command");
        return None;
    }
    let mut engine = preset.unwrap_or_else(|| Engine {
        male: String::new(),
        female: String::new(),
        ..Engine::preset("", accent)
    });
    if let Some(words) = command {
        engine.command = words.into_iter().map(|(word, _)| word).collect();
    }
    engine.male = own.text("male").unwrap_or(engine.male);
    engine.female = own.text("female").unwrap_or(engine.female);
    engine.pace = own.count("pace", 20..=500).unwrap_or(engine.pace);
    engine.timeout = own.count("timeout", 1..=3600).unwrap_or(engine.timeout);
    Some(engine)
}
