-- What people keep on their telephones' keys: a number with the code that is dialled before it.
create table speed_dial (
    firm_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    label text not null,
    code text not null constraint speed_dial_code check (code ~ '^[0-9]{1,9}$'),
    number text not null constraint speed_dial_number check (number ~ '^[+]?[0-9]{2,20}$'),
    constraint speed_dial_pk primary key (firm_id, id),
    constraint speed_dial_person foreign key (firm_id, person_id) references person,
    constraint speed_dial_once unique (firm_id, person_id, code, number)
);
call protect_firm_table('speed_dial', 'select, insert, delete');
