-- Who has a telephone number: asked for by desks that do not have the whole book yet.
CREATE INDEX record_by_number ON record (substr(CAST(body AS {{json}}) ->> 'e164', 1, 20))
    WHERE kind = 'contact_point' AND substr(CAST(body AS {{json}}) ->> 'e164', 1, 20) IS NOT NULL;
