//! `loa.yaml`, typed.

use std::collections::{BTreeSet, HashMap};

use super::facts::Near;
use super::fields::{Fields, named, scalar};
use super::findings;
use super::meta_parts::site_imprint;
use super::path::is_safe_name;
use super::printers;
use crate::diag::{CODES, Code, Diagnostic, Severity, Span};
use crate::model::{
    ApprovalPolicy, CommuneChoice, CommuneId, Config, Edition, Facts, Imprint, Level, Node,
    NodeKind,
};

const KEYS: &[&str] = &[
    "title",
    "language",
    "languages",
    "approval",
    "communes",
    "canonical",
    "editions",
    "imprint",
    "printers",
    "facts",
    "checks",
];

/// Reads the settings; gaps are filled so that the rest of the site can be checked too.
pub(super) fn read(root: &Node, facts: &Facts, diags: &mut Vec<Diagnostic>) -> Config {
    let mut config = Config {
        title: String::new(),
        language: "vi".to_owned(),
        languages: vec!["vi".to_owned()],
        approval: ApprovalPolicy::Optional,
        stale_after: 365,
        communes: CommuneChoice::None,
        checks: Vec::new(),
        imprint: Imprint::default(),
        printers: Vec::new(),
        editions: Vec::new(),
        canonical: None,
        span: root.span,
    };
    let Some(mut fields) = Fields::open(root, "what-config", KEYS, diags) else {
        return config;
    };
    config.title = fields.need_text("title");
    languages(&mut fields, &mut config);
    let policy = |word: &str| match word {
        "required" => Some(ApprovalPolicy::Required),
        "optional" => Some(ApprovalPolicy::Optional),
        _ => None,
    };
    config.approval = fields
        .word("approval", &["required", "optional"], policy)
        .unwrap_or_default();
    if let Some(node) = fields.get("facts")
        && let Some(mut facts) =
            Fields::open(node, "what-config-facts", &["stale_after"], fields.diags())
    {
        config.stale_after = facts.number("stale_after", 1..=36_500).unwrap_or(365);
    }
    config.communes = communes(&mut fields, facts);
    config.checks = checks(&mut fields);
    if let Some(node) = fields.get("imprint") {
        config.imprint = site_imprint(node, fields.diags()).unwrap_or_default();
    }
    if let Some(node) = fields.get("printers") {
        config.printers = printers::printers(node, fields.diags());
    }
    match fields.get("editions") {
        Some(node) => {
            config.editions = editions(node, fields.diags());
            printers::check(&config.editions, &config.printers, fields.diags());
        }
        None => fields.missing("editions"),
    }
    config.canonical = canonical(&mut fields, &config.editions);
    config
}

/// The edition whose addresses count: one that has addresses.
fn canonical(fields: &mut Fields<'_, '_>, editions: &[Edition]) -> Option<String> {
    let addressed = editions.iter().filter(|edition| {
        let mut keys = edition.settings.entries().iter();
        keys.any(|(key, _)| key.text == "base_url")
    });
    let names: Vec<&str> = addressed.map(|edition| edition.name.as_str()).collect();
    let known = |word: &str| names.contains(&word).then(|| word.to_owned());
    fields.word("canonical", &names, known)
}

/// What the site says of single codes. What is an error for everybody cannot be lowered.
fn checks(fields: &mut Fields<'_, '_>) -> Vec<(Code, Level)> {
    let Some(node) = fields.get("checks") else {
        return Vec::new();
    };
    let names: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    let Some(mut checks) = Fields::open(node, "what-checks", &names, fields.diags()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for code in CODES {
        let Some(level) = checks.word(code.name, &Level::NAMES, Level::parse) else {
            continue;
        };
        if code.severity == Severity::Error && level != Level::Error {
            let span = checks.get(code.name).map_or(node.span, |node| node.span);
            checks
                .diags()
                .push(findings::fixed_severity(span, code.name));
            continue;
        }
        out.push((*code, level));
    }
    out
}

fn languages(fields: &mut Fields<'_, '_>, config: &mut Config) {
    if let Some(language) = fields.text("language") {
        config.language = language;
    }
    let mut languages = vec![config.language.clone()];
    for (language, span) in fields.texts("languages").unwrap_or_default() {
        let sound = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase());
        if !sound {
            fields
                .diags()
                .push(findings::expected(span, "languages", "expected-language"));
        } else if !languages.contains(&language) {
            languages.push(language);
        }
    }
    config.languages = languages;
}

fn communes(fields: &mut Fields<'_, '_>, facts: &Facts) -> CommuneChoice {
    match fields.get("communes") {
        None => CommuneChoice::None,
        Some(node) if scalar(node) == Some("all") => CommuneChoice::All,
        Some(_) => {
            let wanted = fields.texts("communes").unwrap_or_default();
            CommuneChoice::Some(Communes::of(facts).choose(&wanted, fields.diags()))
        }
    }
}

/// The communes of the registry by slug and by code.
pub(super) struct Communes<'a> {
    ids: HashMap<&'a str, CommuneId>,
    slugs: Vec<&'a str>,
}

impl<'a> Communes<'a> {
    pub(super) fn of(facts: &'a Facts) -> Communes<'a> {
        let mut ids = HashMap::with_capacity(facts.communes.len() * 2);
        let all = || facts.communes.iter().enumerate();
        for (place, commune) in all() {
            ids.entry(commune.slug.as_str()).or_insert(CommuneId(place));
        }
        for (place, commune) in all() {
            ids.entry(commune.code.as_str()).or_insert(CommuneId(place));
        }
        let slugs = facts.communes.iter().map(|commune| commune.slug.as_str());
        Communes {
            ids,
            slugs: slugs.collect(),
        }
    }

    /// The communes of a list of slugs and codes, each once, in registry order.
    pub(super) fn choose(
        &self,
        wanted: &[(String, Span)],
        diags: &mut Vec<Diagnostic>,
    ) -> Vec<CommuneId> {
        let mut near = Near::new(&self.slugs);
        let mut chosen: BTreeSet<CommuneId> = BTreeSet::new();
        for (word, span) in wanted {
            if let Some(id) = self.ids.get(word.as_str()) {
                chosen.insert(*id);
            } else {
                diags.push(findings::unknown_commune(*span, word, near.of(word)));
            }
        }
        chosen.into_iter().collect()
    }
}

fn editions(node: &Node, diags: &mut Vec<Diagnostic>) -> Vec<Edition> {
    let mut out = Vec::new();
    for (name, settings) in named(node, "editions", diags) {
        if !matches!(settings.kind, NodeKind::Map(_)) {
            diags.push(findings::expected(
                settings.span,
                "editions",
                "expected-map",
            ));
            continue;
        }
        let word =
            |key: &str, diags: &mut Vec<Diagnostic>| edition_word(settings, key, name.span, diags);
        let (channel, theme) = (word("channel", diags), word("theme", diags));
        if let (Some(channel), Some(theme)) = (channel, theme) {
            out.push(Edition {
                name: name.text.clone(),
                channel,
                theme,
                settings: settings.clone(),
                span: name.span,
            });
        }
    }
    out
}

/// A word that every edition needs, whatever its channel.
fn edition_word(
    settings: &Node,
    key: &str,
    name: Span,
    diags: &mut Vec<Diagnostic>,
) -> Option<String> {
    let known: &'static str = if key == "channel" { "channel" } else { "theme" };
    let found = settings
        .entries()
        .iter()
        .find(|(written, _)| written.text == key);
    match found.map(|(_, node)| (scalar(node), node.span)) {
        Some((Some(word), _)) if is_safe_name(word) => Some(word.to_owned()),
        Some((Some(word), span)) => {
            diags.push(findings::unsafe_path(span, word));
            None
        }
        Some((None, span)) => {
            diags.push(findings::expected(span, known, "expected-text"));
            None
        }
        None => {
            diags.push(findings::missing_key(name, known, "what-edition"));
            None
        }
    }
}
