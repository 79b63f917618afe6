-- Alerts on burn rates: one row from when a condition begins to hold. One that holds stands once for each objective and rule.
create table burn_alert (
  id bigint generated always as identity primary key,
  slo text not null,
  objective text not null,
  rule text not null,            -- page, ticket, or policy and condition
  severity text not null,
  service text not null,
  state text not null,           -- pending | firing | resolved
  since timestamptz not null,    -- since when the condition holds
  fired_at timestamptz,
  ended_at timestamptz,
  ended_by text,                 -- calm | withdrawn
  seen json not null,            -- what it was last seen as: burns by window, threshold, events
  most double precision,         -- highest burn of the longest window while it fires
  silent_since timestamptz,      -- since when nothing can be said
  tell text,                     -- firing | resolved: what nobody has been told yet
  acknowledged_at timestamptz,
  acknowledged_by text
);
create unique index burn_alert_standing on burn_alert (slo, objective, rule) where state in ('pending', 'firing');
create index burn_alert_untold on burn_alert (id) where tell is not null;
create index burn_alert_fired on burn_alert (fired_at);

-- Where alerts are sent: the address of a notification target, and its secret.
create table alert_destination (
  target text primary key,       -- ref of an AlertNotificationTarget
  kind text not null,            -- webhook | slack | email
  shown text not null,           -- as much of the address as anybody may see
  sealed bytea not null,         -- address and secret; readable by this installation alone
  standard boolean not null,     -- hears of promises of its namespace that name no policy
  created_at timestamptz not null,
  created_by text not null,
  paused_at timestamptz
);

-- What is sent: one message for all that changed of a service in one look. Written with the change, so neither is without the other.
create table alert_delivery (
  id text primary key,           -- by which the receiver knows it when it comes again
  target text not null,
  service text not null,
  alerts bigint[] not null,
  notice json not null,
  state text not null,           -- waiting | sent | dead
  attempts integer not null default 0,
  created_at timestamptz not null,
  due_at timestamptz not null,
  held_until timestamptz,        -- somebody is sending it
  sent_at timestamptz,
  error json                     -- {at, code, message, fix}
);
create index alert_delivery_due on alert_delivery (due_at) where state = 'waiting';
create index alert_delivery_alerts on alert_delivery using gin (alerts);

-- Alerts nobody is told of for a while.
create table alert_silence (
  id bigint generated always as identity primary key,
  namespace text not null,
  service text,                  -- null: every one
  slo text,
  severity text,
  reason text not null,
  by text not null,
  at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  ended_by text
);
