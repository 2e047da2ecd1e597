-- Mail that goes out: written in the transaction of the act that it tells of, sent afterwards by a job. The row is the
-- mail as it was sent, but for secrets of links: those are made when it goes out and kept as hashes only.
create table mail (
    firm_id uuid not null constraint mail_firm references firm,
    id uuid not null,
    kind text not null constraint mail_kind check (kind ~ '^[A-Z][A-Z_]{1,39}$'),
    made_at timestamptz not null,
    made_by text not null,
    recipient text not null constraint mail_recipient check (recipient ~ '^[^[:cntrl:][:space:]]{3,254}$'),
    recipient_name text,
    subject text not null constraint mail_subject check (subject !~ '[[:cntrl:]]'),
    body_text text not null,
    body_html text not null,
    -- What it tells of: a kind of thing and its key.
    about_kind text,
    about_id uuid,
    -- What comes with it, read from where it is kept when the mail goes out.
    attachment_kind text,
    attachment_id uuid,
    message_id text not null,
    state text not null constraint mail_state check (state in ('WAITING', 'SENT', 'FAILED', 'BOUNCED')),
    tries int not null default 0,
    next_try_at timestamptz,
    -- Until then it is tried.
    give_up_at timestamptz not null,
    last_error text,
    sent_at timestamptz,
    constraint mail_pk primary key (firm_id, id),
    constraint mail_about check ((about_kind is null) = (about_id is null)),
    constraint mail_attachment check ((attachment_kind is null) = (attachment_id is null)),
    constraint mail_waiting check ((state = 'WAITING') = (next_try_at is not null)),
    constraint mail_sent check (state <> 'SENT' or sent_at is not null)
);
create index mail_newest on mail (firm_id, made_at desc, id desc);
create index mail_by_about on mail (firm_id, about_kind, about_id, made_at) where about_kind is not null;
call protect_firm_table('mail', 'select, insert, update');

-- A link in a mail that works without a sign-in: of its 256 random bits only the SHA-256 is kept.
create table mail_link (
    firm_id uuid not null,
    id uuid not null,
    mail_id uuid not null,
    kind text not null constraint mail_link_kind check (kind ~ '^[A-Z][A-Z_]{1,39}$'),
    -- The one thing that it opens.
    about_id uuid not null,
    valid_days int not null constraint mail_link_days check (valid_days between 1 and 366),
    hash bytea constraint mail_link_hash check (length(hash) = 32),
    expires_at timestamptz,
    opened_at timestamptz,
    constraint mail_link_pk primary key (firm_id, id),
    constraint mail_link_mail foreign key (firm_id, mail_id) references mail,
    constraint mail_link_sent check ((hash is null) = (expires_at is null))
);
create index mail_link_by_mail on mail_link (firm_id, mail_id);
call protect_firm_table('mail_link', 'select, insert, update');

-- The calls of one daily mail to a person: its link gives a code to these, each once, and to no other.
create table call_list (
    firm_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    made_at timestamptz not null,
    constraint call_list_pk primary key (firm_id, id),
    constraint call_list_person foreign key (firm_id, person_id) references person
);
create index call_list_by_person on call_list (firm_id, person_id, made_at desc);
call protect_firm_table('call_list', 'select, insert');

create table call_list_item (
    firm_id uuid not null,
    list_id uuid not null,
    call_id uuid not null,
    no int not null,
    -- Codes to propose and why: [{code, of, total, whose}].
    proposals jsonb not null,
    used_at timestamptz,
    used_code text,
    constraint call_list_item_pk primary key (firm_id, list_id, call_id),
    constraint call_list_item_no unique (firm_id, list_id, no),
    constraint call_list_item_list foreign key (firm_id, list_id) references call_list,
    constraint call_list_item_used check ((used_at is null) = (used_code is null))
);
call protect_firm_table('call_list_item', 'select, insert, update');

-- How the firm's mail goes; a firm without a row has the usual settings.
create table mail_settings (
    firm_id uuid constraint mail_settings_pk primary key constraint mail_settings_firm references firm,
    -- Null: the firm's name and its own e-mail address.
    from_name text,
    reply_to text,
    statement_way text not null constraint mail_settings_way check (statement_way in ('ATTACHED', 'LINK')),
    statement_link_days int not null constraint mail_settings_link check (statement_link_days between 1 and 366),
    calls_on boolean not null,
    -- Minute of the day in the firm's zone.
    calls_minute int not null constraint mail_settings_minute check (calls_minute between 0 and 1439),
    -- Monday 1, Tuesday 2, Wednesday 4, ... Sunday 64, added up.
    calls_weekdays int not null constraint mail_settings_weekdays check (calls_weekdays between 0 and 127),
    -- Sent when so many calls wait, or when one waits for so many days.
    calls_least int not null constraint mail_settings_least check (calls_least between 1 and 100),
    calls_age_days int not null constraint mail_settings_age check (calls_age_days between 0 and 60),
    -- Told when the open quarantined records grew by so many.
    quarantine_least int not null constraint mail_settings_quarantine check (quarantine_least between 1 and 1000000),
    version int not null default 0
);
call protect_firm_table('mail_settings', 'select, insert, update');

-- What a user wants to be told by mail or not; without a row what the kind's usual is.
create table mail_wish (
    firm_id uuid not null constraint mail_wish_firm references firm,
    user_id uuid not null,
    kind text not null constraint mail_wish_kind check (kind ~ '^[A-Z][A-Z_]{1,39}$'),
    wanted boolean not null,
    constraint mail_wish_pk primary key (firm_id, user_id, kind)
);
call protect_firm_table('mail_wish', 'select, insert, update');

-- How far an alarm has been told, so that it is told again only for more.
create table mail_watch (
    firm_id uuid not null constraint mail_watch_firm references firm,
    kind text not null constraint mail_watch_kind check (kind ~ '^[A-Z][A-Z_]{1,39}$'),
    told bigint not null,
    at timestamptz not null,
    constraint mail_watch_pk primary key (firm_id, kind)
);
call protect_firm_table('mail_watch', 'select, insert, update');
