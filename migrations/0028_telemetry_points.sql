-- The last point of a cumulative series is kept with the upper ends of its buckets, which may be others in the next one, and
-- of an exponential histogram with its scale. What a row holds from before is of no use for buckets: their next point is a first.
alter table telemetry_series add column bounds double precision[], add column scale smallint;

-- Why an indicator counts nothing although points of its metric come: code, why and fix. Null where it counts, or none came.
alter table telemetry_indicator add column trouble json;
