-- Telemetry, counted: no span, point or line is kept as it came.

-- Counts of calls by duration: {{bucket, calls}, …}, where bucket n holds durations above 2^((n)/8) up to 2^((n+1)/8)
-- milliseconds (an exponential histogram of scale 3).
create function telemetry_add(one integer[], other integer[]) returns integer[] language sql immutable as $$
  select coalesce(array_agg(array[bucket, calls] order by bucket), '{}')
  from (
    select bucket, sum(calls)::integer as calls
    from (
      select one[n][1] as bucket, one[n][2] as calls from generate_subscripts(one, 1) n
      union all
      select other[n][1], other[n][2] from generate_subscripts(other, 1) n
    ) both_of_them
    group by bucket
  ) added
$$;
create aggregate telemetry_sum(integer[]) (sfunc = telemetry_add, stype = integer[], initcond = '{}');

-- Bodies that were counted in the last hour, so that one that is sent again is known.
create table telemetry_body (
  hash text primary key,
  at timestamptz not null
);
create index telemetry_body_at on telemetry_body (at);

-- Spans by service, operation and minute of their end; older ones by hour.
create table telemetry_minute (
  service text not null,
  operation text not null,
  kind text not null,
  minute timestamptz not null,
  calls bigint not null,
  errors bigint not null,
  durations integer[] not null,
  primary key (service, operation, kind, minute)
);
create index telemetry_minute_minute on telemetry_minute using brin (minute);
create table telemetry_hour (
  service text not null,
  operation text not null,
  kind text not null,
  hour timestamptz not null,
  calls bigint not null,
  errors bigint not null,
  durations integer[] not null,
  primary key (service, operation, kind, hour)
);
create index telemetry_hour_hour on telemetry_hour using brin (hour);

-- What a service does, with a trace of the last failure and of the slowest call of late.
create table telemetry_operation (
  service text not null,
  operation text not null,
  kind text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  error_trace text,
  error_at timestamptz,
  slow_trace text,
  slow_ms double precision,
  slow_at timestamptz,
  primary key (service, operation, kind)
);

-- Who calls whom. `via` says how it is known: spans on both sides, or what the caller says of the other side.
create table telemetry_call (
  caller text not null,
  callee text not null,
  via text not null,
  hour timestamptz not null,
  calls bigint not null,
  errors bigint not null,
  durations integer[] not null,
  primary key (caller, callee, via, hour)
);
create index telemetry_call_hour on telemetry_call using brin (hour);
-- Which component answered at a host, for a caller: found where spans of both sides came.
create table telemetry_host (
  caller text not null,
  host text not null,
  callee text not null,
  seen_at timestamptz not null,
  primary key (caller, host)
);

-- What kinds of telemetry a service sends.
create table telemetry_signal (
  service text not null,
  signal text not null,
  day date not null,
  items bigint not null,
  last_at timestamptz not null,
  primary key (service, signal, day)
);

-- Patterns of warnings and errors in logs, with their values cut out.
create table telemetry_pattern (
  service text not null,
  id text not null,
  template text not null,
  severity text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  trace text,
  primary key (service, id)
);
create table telemetry_pattern_hour (
  service text not null,
  id text not null,
  hour timestamptz not null,
  lines bigint not null,
  primary key (service, id, hour)
);
create index telemetry_pattern_hour_hour on telemetry_pattern_hour using brin (hour);

-- Indicators that are counted from telemetry, and what they are counted by.
create table telemetry_indicator (
  subject text not null,
  indicator text not null,
  definition text not null,
  since timestamptz not null,
  primary key (subject, indicator)
);
-- Last point of each cumulative series that an indicator needs.
create table telemetry_series (
  subject text not null,
  metric text not null,
  series text not null,
  started timestamptz not null,
  at timestamptz not null,
  value double precision not null,
  counts double precision[],
  primary key (subject, metric, series)
);
