//! Zones, moments and logical days.
