-- What an hour of a person is worth where nothing is agreed, in the firm's currency: values lost advice.
alter table person add column hourly_rate numeric
    constraint person_rate check (hourly_rate > 0 and scale(hourly_rate) <= 6);
