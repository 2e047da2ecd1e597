-- Whether calls need a code and whether it must be a known one (DOMAIN.md D7, B8): for the firm, a place, a group of
-- people, a person, a telephone, or a class of numbers. The narrowest that says something goes before the wider ones.
create table person_group (
    firm_id uuid not null constraint person_group_firm references firm,
    id uuid not null,
    name text not null,
    constraint person_group_pk primary key (firm_id, id)
);
create unique index person_group_name on person_group (firm_id, lower(name));
call protect_firm_table('person_group', 'select, insert');

-- In which group somebody is from a moment on; in one at a time. Never edited: calls before keep theirs.
create table person_group_member (
    firm_id uuid not null,
    person_id uuid not null,
    -- 1900 stands for always.
    valid_from timestamptz not null,
    -- Null: in none from then on.
    group_id uuid,
    constraint person_group_member_pk primary key (firm_id, person_id, valid_from),
    constraint person_group_member_person foreign key (firm_id, person_id) references person,
    constraint person_group_member_group foreign key (firm_id, group_id) references person_group
);
call protect_firm_table('person_group_member', 'select, insert');

create table code_policy (
    firm_id uuid not null constraint code_policy_firm references firm,
    id uuid not null,
    scope text not null constraint code_policy_scope check (scope in ('FIRM', 'SITE', 'GROUP', 'PERSON', 'EXTENSION', 'NUMBER_CLASS')),
    site_id uuid,
    group_id uuid,
    person_id uuid,
    extension text,
    number_class text constraint code_policy_number_class check (number_class in ('LOCAL', 'NATIONAL', 'MOBILE', 'TOLL_FREE',
        'SHARED_COST', 'PREMIUM', 'INTERNATIONAL', 'OTHER')),
    -- Null: as the next wider policy says.
    forced boolean,
    verified boolean,
    -- Calls that start then or later; null for all.
    valid_from timestamptz,
    set_at timestamptz not null,
    set_by text not null,
    constraint code_policy_pk primary key (firm_id, id),
    constraint code_policy_site foreign key (firm_id, site_id) references site,
    constraint code_policy_group foreign key (firm_id, group_id) references person_group,
    constraint code_policy_person foreign key (firm_id, person_id) references person,
    constraint code_policy_once unique nulls not distinct
        (firm_id, scope, site_id, group_id, person_id, extension, number_class, valid_from),
    constraint code_policy_whole check (scope <> 'FIRM' or (forced is not null and verified is not null)),
    constraint code_policy_for check ((site_id is not null) = (scope in ('SITE', 'EXTENSION'))
        and (group_id is not null) = (scope = 'GROUP') and (person_id is not null) = (scope = 'PERSON')
        and (extension is not null) = (scope = 'EXTENSION') and (number_class is not null) = (scope = 'NUMBER_CLASS'))
);

-- What the firm said in two flags is its policy for all calls now. Row level security would hide the firms from their
-- own tables' owner.
alter table firm no force row level security;
insert into code_policy (firm_id, id, scope, forced, verified, set_at, set_by)
    select firm_id, firm_id, 'FIRM', code_forced, code_verified, now(), 'Rebill' from firm;
alter table firm force row level security;
alter table firm drop column code_forced, drop column code_verified;
call protect_firm_table('code_policy', 'select, insert, delete');

-- A code that nobody checked when it was dialled and that the firm does not have waits to be given to a client.
alter table call drop constraint call_state;
alter table call add constraint call_state check (state in ('NO_ANSWER', 'INTERNAL', 'NO_CODE', 'UNKNOWN_CODE',
    'UNMAPPED_CODE', 'MALFORMED_CODE', 'RETIRED_CODE', 'NOT_AGREED', 'HOUSE', 'RATED', 'ON_DRAFT', 'BILLED'));
drop index call_waiting;
create index call_waiting on call (firm_id, state)
    where state in ('NO_CODE', 'UNKNOWN_CODE', 'UNMAPPED_CODE', 'MALFORMED_CODE', 'RETIRED_CODE', 'NOT_AGREED');
