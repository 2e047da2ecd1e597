-- What a format must know of the phone system's settings, by name; those not given are the format's standard.
alter table source add column format_options jsonb not null default '{}';
