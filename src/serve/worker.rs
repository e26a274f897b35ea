//! Reads what was saved, shows at once what can be shown at once, and has the rest built behind it.
//!
//! One build runs at a time, on a thread of its own; the last sound one stays ready to make single
//! articles again ([`Round`]). So nobody waits for a build who only changed some words, not even while one
//! is running.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::board::Board;
use super::findings::Group;
use super::round::{Done, Kept, Round, Shop};
use super::start;
use super::watch::{Saved, Watch};
use super::{Report, Setup};
use crate::diag::{Catalogue, Fatal};
use crate::load::{Tree, refresh};
use crate::pipeline::Options;

/// So often the day is looked at when nothing is saved.
const MINUTE: Duration = Duration::from_mins(1);

/// Builds and builds again, for as long as the program runs.
pub(super) fn work(setup: Setup, base: String, board: Arc<Board>) {
    let Setup {
        root,
        day,
        language,
        report,
    } = setup;
    let shop = Shop {
        options: Options {
            serve_base: Some(base),
            show_drafts: true,
            ..Options::on(day())
        },
        board,
        language,
        kept: Kept::new(report),
    };
    let (done, finished) = channel();
    let worker = Worker {
        today: day(),
        root,
        day,
        shop: Arc::new(shop),
        tree: Arc::default(),
        number: 0,
        refused: false,
        behind: true,
        building: None,
        sound: None,
        done,
        finished,
    };
    worker.run();
}

struct Worker {
    root: PathBuf,
    day: Box<dyn Fn() -> Date + Send>,
    shop: Arc<Shop>,
    /// The files as they are now, and how often they changed.
    tree: Arc<Tree>,
    number: u64,
    today: Date,
    /// Whether the system refused to read what was saved last.
    refused: bool,
    /// Whether something differs from what was last begun to be built.
    behind: bool,
    /// The build that is running.
    building: Option<Round>,
    /// The last build without errors.
    sound: Option<Round>,
    /// How builds tell that they are done.
    done: Sender<Done>,
    finished: Receiver<Done>,
}

impl Worker {
    /// Builds, and builds again whenever something was saved or a new day begins.
    fn run(mut self) {
        // Watched first and read then, so that no save falls between.
        let mut watch = match Watch::new(&self.root) {
            Ok(watch) => Some(watch),
            Err(said) => {
                self.shop.kept.report(&Report::Blind(said));
                None
            }
        };
        if let Err(fatal) = self.read(None) {
            self.refuse(fatal);
        }
        let mut since = Instant::now();
        loop {
            self.take_done();
            self.build(since, watch.as_ref());
            let Some(watch) = &mut watch else {
                // Nothing follows; what was built stays.
                let _ = self.finished.recv();
                return;
            };
            let saved = watch.next(MINUTE);
            since = Instant::now();
            self.take_done();
            let today = (self.day)();
            self.behind |= today != self.today;
            self.today = today;
            if let Some(saved) = saved
                && let Err(fatal) = self.saved(&saved, watch)
            {
                self.refuse(fatal);
            }
        }
    }

    /// Has everything built if anything differs and no build is running. A running one, then out of date, is
    /// given up at the next channel.
    fn build(&mut self, since: Instant, watch: Option<&Watch>) {
        if !self.behind || self.refused {
            return;
        }
        if let Some(running) = &self.building {
            running.give_up();
            return;
        }
        self.behind = false;
        let wake = watch.map(Watch::waker);
        let (done, number) = (self.done.clone(), self.number);
        let tell = move |sound| {
            let _ = done.send(Done { sound });
            if let Some(wake) = &wake {
                wake();
            }
        };
        let (tree, shop) = (Arc::clone(&self.tree), Arc::clone(&self.shop));
        self.building = Round::begin(shop, tree, (self.today, number), since, tell);
    }

    /// What the build that was running came to, if it is done.
    fn take_done(&mut self) {
        while let Ok(done) = self.finished.try_recv() {
            let round = self.building.take();
            if done.sound {
                self.sound = round;
            }
        }
    }

    /// Reads what was saved, and shows at once what can be shown at once.
    fn read(&mut self, places: Option<&[PathBuf]>) -> Result<(), Fatal> {
        // What could not be read before can be anything.
        let places = places.filter(|_| !self.refused);
        let read = refresh(&self.root, &self.tree, places)?;
        self.behind |= std::mem::take(&mut self.refused);
        let Some(tree) = read.map(Arc::new) else {
            return Ok(());
        };
        let ready = self.sound.as_ref();
        let ready = ready.filter(|round| round.today == self.today);
        let plan = ready.and_then(|round| round.again(&tree));
        self.tree = tree;
        self.number += 1;
        self.behind = true;
        if let Some(plan) = plan {
            let (kept, number) = (&self.shop.kept, self.number);
            let board = &self.shop.board;
            board.change(|shown| kept.count(shown.freshen(plan, number)));
        }
        Ok(())
    }

    /// Reads a handful of saved files, then all that was saved with them.
    fn saved(&mut self, saved: &Saved, watch: &mut Watch) -> Result<(), Fatal> {
        self.read(saved.places().as_deref())?;
        let rest = watch.rest();
        if rest.is_empty() {
            return Ok(());
        }
        self.read(rest.places().as_deref())
    }

    fn refuse(&mut self, fatal: Fatal) {
        self.refused = true;
        let catalogue = Catalogue::new(self.shop.language);
        let group = Group::refused(&fatal, &catalogue);
        self.shop.board.change(|shown| {
            shown.findings.pages = group;
            shown.findings.announce(&catalogue);
            shown.set_start(start::page(shown, &catalogue));
        });
        self.shop.kept.report(&Report::Refused(fatal));
    }
}
