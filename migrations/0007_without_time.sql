-- Whether a moment was given as a day alone: 1, or NULL for one with a time. Its time, noon or the evening of last night, then
-- only gives it a place among the others of the day. It is not printed, and no sum by the hour has it.
--
-- Every row keeps its sum: what is NULL in this column does not go into it.

ALTER TABLE check_in ADD COLUMN without_time INTEGER CHECK (without_time = 1);
ALTER TABLE record ADD COLUMN without_time INTEGER CHECK (without_time = 1);
