#pragma once

#include "model/db/Connection.h"
#include "model/domain/Case.h"
#include "model/domain/Conflict.h"
#include "model/domain/Customer.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

namespace ringbook::model {

// Rows of whole records (`SELECT *`) as values; for the .cpp files of this folder.

Customer readCustomer(const Row &row);
ContactPoint readContactPoint(const Row &row);
Alert readAlert(const Row &row);
Interaction readInteraction(const Row &row);
Case readCase(const Row &row);
CaseNote readCaseNote(const Row &row);
FollowUp readFollowUp(const Row &row);
Conflict readConflict(const Row &row);
User readUser(const Row &row);
Team readTeam(const Row &row);
Queue readQueue(const Row &row);
Category readCategory(const Row &row);
OutcomeCode readOutcomeCode(const Row &row);

template <typename T>
Result<T> oneOf(const Result<Row> &row, T (*read)(const Row &))
{
    if (!row)
        return row.error();
    return read(*row);
}

template <typename T>
Result<QVector<T>> listOf(const Result<Rows> &rows, T (*read)(const Row &))
{
    if (!rows)
        return rows.error();
    QVector<T> list;
    list.reserve(rows->size());
    for (const Row &row : *rows)
        list.append(read(row));
    return list;
}

/// What the only column of a `SELECT count(*) AS count` says.
Result<int> countOf(const Result<Row> &row);

} // namespace ringbook::model
