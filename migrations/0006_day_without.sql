-- Two things that a program of an older form would read wrongly. A record may be of the kind 'day_without': a note that none
-- of a product was used that day, which is no dose. And the sleeps of a day add up, where an older program takes the last one.
--
-- No column changes, and every row keeps its sum. The number of the form is what changes: an older program refuses the file
-- and does not leave these days out or give another total.

-- The last record of the form before: of the sleeps up to it, those of one day had another total there.
INSERT OR REPLACE INTO journal (key, value) SELECT 'last_before_adding_sleeps', CAST(coalesce(max(id), 0) AS TEXT) FROM record;
