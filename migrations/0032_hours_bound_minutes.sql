-- Whether some minute of the hour says more good events than all, as counters read at different moments do, or whether some of
-- its events are of no known minute; null: not known (hours written before). Where it is false no minute of the hour lost more
-- than the whole hour, so that most promises can be told to be calm without reading a minute.
alter table sli_hour add column more_good boolean;
