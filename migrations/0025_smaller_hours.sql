-- Minutes of an hour take two bytes a count where every count is below 2^15, as most are: an SLO-year by the minute takes
-- 5 MB instead of 8. Hours that are there stay as they are, in integers, and are read all the same; one that samples are
-- added to, or that is derived again, becomes small where it fits. Slots are in one of the three pairs of columns, or in
-- none: then only the sums are kept.
alter table sli_hour add column good_small smallint[], add column total_small smallint[];

-- From when on hours keep their minutes: earlier ones are written without, and are without until `cleared_until`. One row,
-- or none as long as no minutes were dropped.
create table sli_grain (
  minutes_since timestamptz not null,
  cleared_until timestamptz not null
);
