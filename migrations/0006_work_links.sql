-- What commits, changes and work items name, kept until the named thing is known; and which commits a change holds.
create table work_mention (
  subject text not null,
  from_id text not null,         -- the record that names it, as in `link`
  key text not null,             -- an issue: `ABC-12`, or `#12` of the same subject
  fixes boolean not null,        -- named by a `Fixes:` trailer: may be an incident
  origin text not null,
  confidence real not null,
  at timestamptz not null,
  primary key (subject, from_id, key)
);
create index work_mention_key on work_mention (key);

-- Names are found whatever their case and whichever tracker they are from.
create index evidence_work_item_name on evidence_work_item (upper(id)) where learned_to = 'infinity';
create index evidence_incident_name on evidence_incident (upper(id)) where learned_to = 'infinity';

create table work_part (
  subject text not null,
  sha text not null,
  change_id text not null,       -- as in `link`
  primary key (subject, sha, change_id)
);
create index work_part_change on work_part (subject, change_id);
create index work_part_sha on work_part (sha);

-- The state of the catalogue that the links were derived with.
create table work_links_basis (
  one boolean primary key default true check (one),
  fingerprint text not null,     -- of what work can be linked to
  revision text not null         -- of the whole catalogue when that was last looked at
);
