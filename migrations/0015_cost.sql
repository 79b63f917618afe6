-- What things cost by bill: one row a revision of what one thing costs in one charge period, summed over the lines of a
-- bill while it is read. Money is numeric: added up exactly.
create table evidence_cost (
  subject text not null, -- the account that is billed, or the component where the bill names it
  source text not null,
  id text not null,
  at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null default 'infinity',
  hash text not null,
  basis smallint not null, -- 0 inferred, 1 observed, 2 explicit
  retracted boolean not null default false,
  import_id bigint,
  said jsonb,
  extra jsonb,
  "from" timestamptz not null, -- charge period
  until timestamptz,
  bill text not null,
  currency text not null,
  billed numeric,
  effective numeric,
  lines bigint,
  service text,
  category text,
  resource text,
  customer text,
  tags jsonb
);
create unique index evidence_cost_current on evidence_cost (subject, source, id) where learned_to = 'infinity';
create index evidence_cost_earlier on evidence_cost (subject, source, id) where learned_to <> 'infinity';
create index evidence_cost_from on evidence_cost (subject, "from");
create index evidence_cost_at on evidence_cost (subject, at);
create index evidence_cost_import on evidence_cost (import_id) where import_id is not null;
create index evidence_cost_bill on evidence_cost (source, bill) where learned_to = 'infinity';
