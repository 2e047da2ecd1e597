-- Clients, their matters, account codes and what was agreed with them.
create table client (
    firm_id uuid not null constraint client_firm references firm,
    id uuid not null,
    name text not null,
    contact text,
    address text not null,
    email text,
    currency char(3) not null,
    created_at timestamptz not null,
    version int not null default 0,
    constraint client_pk primary key (firm_id, id)
);
-- Names differ by more than capitals; also the order of lists.
create unique index client_name on client (firm_id, lower(name));
call protect_firm_table('client', 'select, insert, update');

create table matter (
    firm_id uuid not null,
    id uuid not null,
    client_id uuid not null,
    reference text not null,
    name text not null,
    version int not null default 0,
    constraint matter_pk primary key (firm_id, id),
    constraint matter_client foreign key (firm_id, client_id) references client,
    constraint matter_reference unique (firm_id, client_id, reference)
);
call protect_firm_table('matter', 'select, insert, update');

create table membership (
    firm_id uuid not null constraint membership_firm references firm,
    user_id uuid not null,
    role text not null constraint membership_role check (role in ('OWNER', 'CLERK', 'PROFESSIONAL', 'CLIENT')),
    name text not null,
    email text not null,
    person_id uuid,
    client_id uuid,
    constraint membership_pk primary key (firm_id, user_id, role),
    constraint membership_person foreign key (firm_id, person_id) references person,
    constraint membership_client foreign key (firm_id, client_id) references client,
    constraint membership_client_named check ((role = 'CLIENT') = (client_id is not null)),
    constraint membership_person_named check (role <> 'PROFESSIONAL' or person_id is not null)
);
call protect_firm_table('membership', 'select, insert, update, delete');

-- A code is text: 007 is not 7. It means one thing at one time: used again only after it was retired.
-- Without valid_from it holds for all that came before, too.
create table account_code (
    firm_id uuid not null constraint account_code_firm references firm,
    id uuid not null,
    code text not null constraint account_code_digits check (code ~ '^[0-9]{1,9}$'),
    label text,
    house boolean not null,
    client_id uuid,
    matter_id uuid,
    valid_from timestamptz,
    retired_at timestamptz,
    version int not null default 0,
    constraint account_code_pk primary key (firm_id, id),
    constraint account_code_client foreign key (firm_id, client_id) references client,
    constraint account_code_matter foreign key (firm_id, matter_id) references matter,
    constraint account_code_for check (house = (client_id is null) and (matter_id is null or client_id is not null)),
    constraint account_code_period check (retired_at is null or retired_at > valid_from),
    constraint account_code_once exclude using gist (firm_id with =, code with =, tstzrange(valid_from, retired_at) with &&)
);
create index account_code_by_client on account_code (firm_id, client_id);
call protect_firm_table('account_code', 'select, insert, update');

-- Gives agreements their numbers: one row a firm, locked until the agreement is stored.
create table agreement_series (
    firm_id uuid constraint agreement_series_pk primary key constraint agreement_series_firm references firm,
    last_number int not null
);
call protect_firm_table('agreement_series', 'select, insert, update');

create table agreement (
    firm_id uuid not null,
    id uuid not null,
    number text not null,
    client_id uuid not null,
    matter_id uuid,
    constraint agreement_pk primary key (firm_id, id),
    constraint agreement_client foreign key (firm_id, client_id) references client,
    constraint agreement_matter foreign key (firm_id, matter_id) references matter,
    constraint agreement_number unique (firm_id, number)
);
create index agreement_by_client on agreement (firm_id, client_id);
call protect_firm_table('agreement', 'select, insert');

-- Terms are never edited: a new version supersedes. Times in seconds, money in the currency's own unit.
create table agreement_version (
    firm_id uuid not null,
    id uuid not null,
    agreement_id uuid not null,
    -- Repeats the agreement's, for the constraint that no two accepted versions overlap.
    client_id uuid not null,
    matter_id uuid,
    version_no int not null,
    currency char(3) not null,
    hourly_rate numeric not null constraint agreement_version_rate check (hourly_rate > 0 and scale(hourly_rate) <= 6),
    initial_then boolean not null,
    increment_seconds int not null constraint agreement_version_increment check (increment_seconds between 1 and 3600),
    -- With initial/then the first block; the increment is every further one.
    initial_seconds int not null constraint agreement_version_initial check (initial_seconds between 0 and 86400),
    minimum_seconds int not null constraint agreement_version_minimum check (minimum_seconds between 0 and 86400),
    rounding text not null constraint agreement_version_rounding check (rounding in ('UP', 'NEAREST', 'DOWN')),
    grace_seconds int not null constraint agreement_version_grace check (grace_seconds between 0 and 86400),
    maximum_seconds int constraint agreement_version_maximum check (maximum_seconds > 0),
    quantity text not null constraint agreement_version_quantity check (quantity in ('HOURS_2', 'HOURS_4', 'MINUTES', 'BLOCKS')),
    money_rounding text not null constraint agreement_version_money check (money_rounding in ('HALF_UP', 'HALF_EVEN')),
    valid_from timestamptz not null,
    valid_to timestamptz,
    note text,
    -- What the client is shown and accepts, whole, and its hash.
    text text not null,
    text_sha256 bytea not null,
    offered_at timestamptz not null,
    offered_by text not null,
    withdrawn_at timestamptz,
    accepted_at timestamptz,
    accepted_by text,
    accepted_how text constraint agreement_version_how check (accepted_how in ('PORTAL', 'SIGNED', 'STATED')),
    accepted_from text,
    accepted_reason text,
    -- When and by whom the acceptance was entered here; a paper may have been signed before.
    acceptance_noted_at timestamptz,
    acceptance_noted_by text,
    superseded_from timestamptz,
    version int not null default 0,
    constraint agreement_version_pk primary key (firm_id, id),
    constraint agreement_version_agreement foreign key (firm_id, agreement_id) references agreement,
    constraint agreement_version_once unique (firm_id, agreement_id, version_no),
    constraint agreement_version_period check (valid_to is null or valid_to > greatest(valid_from, accepted_at)),
    constraint agreement_version_superseded check (superseded_from is null or superseded_from >= greatest(valid_from, accepted_at)),
    constraint agreement_version_accepted check ((accepted_at is null) = (accepted_by is null) and (accepted_at is null) = (accepted_how is null)
        and (accepted_at is null) = (acceptance_noted_at is null) and (accepted_at is null) = (acceptance_noted_by is null)),
    constraint agreement_version_taken_back check (withdrawn_at is null or accepted_at is null),
    -- In force from its first day, but never before it was accepted.
    constraint agreement_version_no_overlap exclude using gist (
        firm_id with =, client_id with =, coalesce(matter_id, client_id) with =,
        tstzrange(greatest(valid_from, accepted_at), least(valid_to, superseded_from)) with &&) where (accepted_at is not null)
);
create index agreement_version_by_client on agreement_version (firm_id, client_id);
call protect_firm_table('agreement_version', 'select, insert, update');

-- Another rate for one person under the same terms.
create table agreement_rate (
    firm_id uuid not null,
    version_id uuid not null,
    person_id uuid not null,
    hourly_rate numeric not null constraint agreement_rate_rate check (hourly_rate > 0 and scale(hourly_rate) <= 6),
    constraint agreement_rate_pk primary key (firm_id, version_id, person_id),
    constraint agreement_rate_version foreign key (firm_id, version_id) references agreement_version,
    constraint agreement_rate_person foreign key (firm_id, person_id) references person
);
call protect_firm_table('agreement_rate', 'select, insert');
