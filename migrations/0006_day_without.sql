-- Two things that a program of an older form would read wrongly. A record may be of the kind 'day_without': a note that none
-- of a product was used that day, which is no dose. And the sleeps of a day add up, where an older program takes the last one.
--
-- No column changes, and every row keeps its sum. The number of the form is what changes: an older program refuses the file
-- and does not leave these days out or give another total.

SELECT 1;
