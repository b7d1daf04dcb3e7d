-- A sum of each row over what a person wrote in it, so that a byte that the disk or another program changed is seen. It is
-- the hash XXH3-64 as a signed number, over the columns and their types in the order of src/store/integrity/sum.rs; a
-- check-in's goes over its ratings too, a step's over its images. It does not go over id, edited and revision. A newer row of
-- the same form has it as well. NULL: no program of ours wrote the row.
--
-- The program computes the sums of all rows there are in the same transaction.

ALTER TABLE check_in ADD COLUMN sum INTEGER;
ALTER TABLE record ADD COLUMN sum INTEGER;
ALTER TABLE attempt ADD COLUMN sum INTEGER;
ALTER TABLE symptom ADD COLUMN sum INTEGER;
ALTER TABLE setting ADD COLUMN sum INTEGER;
ALTER TABLE help_line ADD COLUMN sum INTEGER;
ALTER TABLE draft ADD COLUMN sum INTEGER;
ALTER TABLE log_step ADD COLUMN sum INTEGER;
