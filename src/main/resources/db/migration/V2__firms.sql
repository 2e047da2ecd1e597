-- Firms, their places, people and phone systems, and who may do what in them.
create table firm (
    firm_id uuid constraint firm_pk primary key,
    slug text not null,
    name text not null,
    tagline text,
    trade text not null constraint firm_trade check (trade in ('LAW', 'ARCHITECTURE', 'ACCOUNTING')),
    country char(2) not null,
    zone text not null,
    currency char(3) not null,
    locale text not null,
    paper text not null constraint firm_paper check (paper in ('A4', 'LETTER')),
    address text not null,
    phone text,
    email text,
    brand_colour text not null constraint firm_brand_colour check (brand_colour ~ '^#[0-9a-fA-F]{6}$'),
    logo bytea,
    code_forced boolean not null,
    code_verified boolean not null,
    payment_days int not null constraint firm_payment_days check (payment_days between 0 and 365),
    statement_prefix text not null,
    version int not null default 0
);
call protect_firm_table('firm', 'select, insert, update');

create table site (
    firm_id uuid not null constraint site_firm references firm,
    id uuid not null,
    name text not null,
    country char(2) not null,
    zone text not null,
    constraint site_pk primary key (firm_id, id),
    constraint site_name unique (firm_id, name)
);
call protect_firm_table('site', 'select, insert, update');

create table person (
    firm_id uuid not null constraint person_firm references firm,
    id uuid not null,
    name text not null,
    initials text not null,
    title text,
    constraint person_pk primary key (firm_id, id),
    constraint person_name unique (firm_id, name)
);
call protect_firm_table('person', 'select, insert, update');

create table extension (
    firm_id uuid not null,
    site_id uuid not null,
    number text not null,
    person_id uuid not null,
    constraint extension_pk primary key (firm_id, site_id, number),
    constraint extension_site foreign key (firm_id, site_id) references site,
    constraint extension_person foreign key (firm_id, person_id) references person
);
call protect_firm_table('extension', 'select, insert, update, delete');

create table source (
    firm_id uuid not null,
    id uuid not null,
    site_id uuid not null,
    name text not null,
    format text not null,
    zone text not null,
    stamps_in_utc boolean not null,
    country char(2) not null,
    area_code text not null,
    outside_prefix text not null,
    extension_digits int not null constraint source_extension_digits check (extension_digits between 2 and 8),
    prompt_allowance_seconds int not null constraint source_prompt_allowance check (prompt_allowance_seconds between 0 and 600),
    version int not null default 0,
    constraint source_pk primary key (firm_id, id),
    constraint source_site foreign key (firm_id, site_id) references site,
    constraint source_name unique (firm_id, name)
);
call protect_firm_table('source', 'select, insert, update');

-- Audit: append only (no update or delete is granted), each entry sealed by the one before it.
create table audit_head (
    firm_id uuid constraint audit_head_pk primary key constraint audit_head_firm references firm,
    seq bigint not null,
    hash bytea not null
);
call protect_firm_table('audit_head', 'select, insert, update');

create table audit_entry (
    firm_id uuid not null constraint audit_entry_firm references firm,
    seq bigint not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text not null,
    -- The entry's canonical JSON, exactly as hashed; the columns before it repeat parts of it to search by.
    entry text not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint audit_entry_pk primary key (firm_id, seq)
);
create index audit_entry_subject on audit_entry (firm_id, subject, seq);
call protect_firm_table('audit_entry', 'select, insert');
