//! Zones, moments and logical days (stand-in).
#![allow(missing_docs)]
use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use std::sync::Arc;
pub trait Rules: Send + Sync {
    fn at(&self, i: DateTime<Utc>) -> DateTime<FixedOffset>;
    fn local(&self, l: NaiveDateTime) -> chrono::MappedLocalTime<DateTime<FixedOffset>>;
}
struct Of<T: TimeZone>(T);
impl<T: TimeZone + Send + Sync> Rules for Of<T>
where
    T::Offset: Send + Sync,
{
    fn at(&self, i: DateTime<Utc>) -> DateTime<FixedOffset> {
        i.with_timezone(&self.0).fixed_offset()
    }
    fn local(&self, l: NaiveDateTime) -> chrono::MappedLocalTime<DateTime<FixedOffset>> {
        self.0.from_local_datetime(&l).map(|d| d.fixed_offset())
    }
}
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: Arc<dyn Rules>,
}
impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)
    }
}
impl Zone {
    pub fn new<T: TimeZone + Send + Sync + 'static>(name: &str, rules: T) -> Self
    where
        T::Offset: Send + Sync,
    {
        Self {
            name: name.into(),
            rules: Arc::new(Of(rules)),
        }
    }
    pub fn fixed(o: FixedOffset) -> Self {
        Self::new(&o.to_string(), o)
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn at(&self, i: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.rules.at(i)
    }
    pub fn resolve(&self, l: NaiveDateTime) -> Resolved {
        Resolved { at: self.rules.local(l).earliest().unwrap_or_else(|| l.and_utc().fixed_offset()) }
    }
}
pub struct Resolved {
    pub at: DateTime<FixedOffset>,
}
#[derive(Clone, Debug)]
pub struct Now {
    pub at: DateTime<FixedOffset>,
    pub zone: Zone,
}
impl Now {
    pub fn new(i: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            at: zone.at(i),
            zone,
        }
    }
    pub fn today(&self, e: DayEnd) -> NaiveDate {
        logical_day(self.at.naive_local(), e)
    }
    pub fn next_day_start(&self, e: DayEnd) -> DateTime<FixedOffset> {
        end_of_day(self.today(e), &self.zone, e)
    }
}
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct DayEnd(u16);
impl Default for DayEnd {
    fn default() -> Self {
        Self(240)
    }
}
impl std::fmt::Display for DayEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl std::str::FromStr for DayEnd {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        let (h, m) = s.split_once(':').ok_or(())?;
        Ok(Self(
            h.parse::<u16>().map_err(|_| ())? * 60 + m.parse::<u16>().map_err(|_| ())?,
        ))
    }
}
impl DayEnd {
    pub fn minutes(self) -> u16 {
        self.0
    }
}
pub fn logical_day(local: NaiveDateTime, e: DayEnd) -> NaiveDate {
    (local - TimeDelta::minutes(i64::from(e.0))).date()
}
pub fn end_of_day(day: NaiveDate, zone: &Zone, e: DayEnd) -> DateTime<FixedOffset> {
    let l = (day + Days::new(1)).and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(e.0));
    zone.rules
        .local(l)
        .earliest()
        .unwrap_or_else(|| l.and_utc().fixed_offset())
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moment {
    pub at_utc: i64,
    pub offset_min: i16,
    pub zone: Arc<str>,
    pub day: NaiveDate,
    pub late: bool,
}
impl Moment {
    pub fn written(at: DateTime<FixedOffset>, now: &Now, e: DayEnd) -> Self {
        Self::on_day(logical_day(at.naive_local(), e), at, now, e)
    }
    pub fn on_day(day: NaiveDate, at: DateTime<FixedOffset>, now: &Now, e: DayEnd) -> Self {
        Self {
            at_utc: at.timestamp(),
            offset_min: (at.offset().local_minus_utc() / 60) as i16,
            zone: now.zone.name.clone(),
            day,
            late: now.at >= end_of_day(day, &now.zone, e),
        }
    }
    pub fn at(&self) -> DateTime<FixedOffset> {
        DateTime::from_timestamp(self.at_utc, 0)
            .unwrap_or_default()
            .with_timezone(
                &FixedOffset::east_opt(i32::from(self.offset_min) * 60)
                    .unwrap_or_else(|| chrono::Offset::fix(&Utc)),
            )
    }
    pub fn wall_time(&self) -> NaiveTime {
        self.at().time()
    }
}
