//! Sound in memory: one channel of 16-bit samples. The only file that names the library for it.

use std::io;
use std::path::Path;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

/// Sound at so many samples a second.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sound {
    rate: u32,
    samples: Vec<i16>,
}

impl Sound {
    /// What a WAV file holds, its channels made one; says what is wrong with it.
    pub(super) fn read(path: &Path) -> Result<Sound, String> {
        let mut reader = WavReader::open(path).map_err(|error| error.to_string())?;
        let WavSpec {
            channels,
            sample_rate,
            bits_per_sample,
            sample_format,
        } = reader.spec();
        let wide: Result<Vec<i32>, hound::Error> = match sample_format {
            SampleFormat::Int => {
                let shift = i32::from(bits_per_sample) - 16;
                let samples = reader.samples::<i32>();
                samples.map(|one| Ok(scaled(one?, shift))).collect()
            }
            SampleFormat::Float => {
                let samples = reader.samples::<f32>();
                samples.map(|one| Ok(whole(one? * 32_767.0))).collect()
            }
        };
        let wide = wide.map_err(|error| error.to_string())?;
        if wide.is_empty() || sample_rate == 0 || channels == 0 {
            return Err("0".to_owned());
        }
        let frames = wide.chunks(usize::from(channels));
        let mixed = frames.map(|frame| {
            let count = i32::try_from(frame.len()).unwrap_or(1);
            narrow(frame.iter().sum::<i32>() / count)
        });
        Ok(Sound {
            rate: sample_rate,
            samples: mixed.collect(),
        })
    }

    /// Writes a WAV file.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let spec = WavSpec {
            channels: 1,
            sample_rate: self.rate,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let plain = |error: hound::Error| match error {
            hound::Error::IoError(error) => error,
            other => io::Error::other(other),
        };
        let mut writer = WavWriter::create(path, spec).map_err(plain)?;
        let mut all = writer.get_i16_writer(u32::try_from(self.samples.len()).unwrap_or(u32::MAX));
        for sample in &self.samples {
            all.write_sample(*sample);
        }
        all.flush().map_err(plain)?;
        writer.finalize().map_err(plain)
    }

    /// Adds another sound behind this one, at the rate of the first.
    pub(super) fn add(&mut self, other: &Sound) {
        if self.rate == 0 {
            self.rate = other.rate;
        }
        if self.rate == other.rate {
            self.samples.extend_from_slice(&other.samples);
            return;
        }
        // The nearest sample: engines with two rates for two voices are rare.
        let (own, theirs) = (u64::from(self.rate), u64::from(other.rate.max(1)));
        let length = other.samples.len() as u64 * own / theirs;
        let at = |place: u64| {
            let nearest = usize::try_from(place * theirs / own).unwrap_or_default();
            other.samples.get(nearest).copied().unwrap_or_default()
        };
        self.samples.extend((0..length).map(at));
    }

    /// Adds silence.
    pub(super) fn rest(&mut self, milliseconds: usize) {
        let length = self.rate as usize * milliseconds / 1_000;
        self.samples.resize(self.samples.len() + length, 0);
    }

    /// How long it is.
    pub(super) fn milliseconds(&self) -> usize {
        self.samples.len() * 1_000 / (self.rate as usize).max(1)
    }
}

/// A sample of so many bits more than sixteen.
fn scaled(sample: i32, shift: i32) -> i32 {
    if shift >= 0 {
        sample >> shift
    } else {
        sample << -shift
    }
}

fn narrow(sample: i32) -> i16 {
    let most = i32::from(i16::MAX);
    i16::try_from(sample.clamp(-most, most)).unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range becomes its end, no number becomes nothing"
)]
fn whole(sample: f32) -> i32 {
    sample as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, length: usize) -> Sound {
        Sound {
            rate,
            samples: vec![1_000; length],
        }
    }

    #[test]
    fn sounds_are_joined_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        let mut sound = tone(16_000, 16_000);
        sound.rest(500);
        sound.add(&tone(8_000, 4_000));
        assert_eq!(sound.milliseconds(), 2_000);
        sound.write(&path).unwrap();
        assert_eq!(Sound::read(&path).unwrap(), sound);
        std::fs::write(&path, "no sound").unwrap();
        assert!(Sound::read(&path).is_err());
    }
}
