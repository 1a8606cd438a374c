#include "sync/hub/store/Seats.h"

#include "model/db/WithoutCount.h"

namespace ringbook::hub {

Result<QVector<Seat>> Seats::all(TimeMs takenAfter) const
{
    const auto rows = m_db.all(R"(
        SELECT account.id AS id, account.name AS name, account.extension AS own,
               coalesce(mine.extension, '') AS elsewhere, coalesce(sitter.name, '') AS taken_by
        FROM account
        LEFT JOIN seat AS mine ON mine.account = account.id AND mine.taken_at > :after
        LEFT JOIN seat AS theirs ON theirs.extension = account.extension AND theirs.account <> account.id
            AND theirs.taken_at > :after
        LEFT JOIN account AS sitter ON sitter.id = theirs.account
        WHERE account.closed_at = 0 ORDER BY account.id)",
                               {{":after", takenAfter}});
    if (!rows)
        return rows.error();
    QVector<Seat> seats;
    for (const model::Row &row : *rows) {
        Seat seat{.user = row.number("id"),
                  .name = row.text("name"),
                  .extension = row.text("elsewhere"),
                  .own = row.text("own"),
                  .takenBy = row.text("taken_by")};
        if (seat.extension.isEmpty() && seat.takenBy.isEmpty())
            seat.extension = seat.own;
        seats.append(seat);
    }
    return seats;
}

Status Seats::take(qint64 user, const QString &extension, TimeMs now)
{
    for (const Status &freed : {leave(user), clear(extension)})
        if (!freed)
            return freed;
    return model::withoutCount(m_db.run(R"(
        INSERT INTO seat (extension, account, taken_at) SELECT :extension, id, :now FROM account
        WHERE id = :user AND extension <> :extension)",
                                        {{":extension", extension}, {":user", user}, {":now", now}}));
}

Status Seats::dropOld(TimeMs takenBy)
{
    return model::withoutCount(m_db.run("DELETE FROM seat WHERE taken_at <= :by", {{":by", takenBy}}));
}

Status Seats::clear(const QString &extension)
{
    return model::withoutCount(
        m_db.run("DELETE FROM seat WHERE extension = :extension", {{":extension", extension}}));
}

Status Seats::leave(qint64 user)
{
    return model::withoutCount(m_db.run("DELETE FROM seat WHERE account = :user", {{":user", user}}));
}

Result<qint64> Seats::changes() const
{
    const auto row = m_db.one("SELECT seatings FROM hub WHERE id = 1");
    return row ? Result<qint64>(row->number("seatings")) : row.error();
}

Status Seats::noteChange()
{
    return model::withoutCount(m_db.run("UPDATE hub SET seatings = seatings + 1 WHERE id = 1"));
}

} // namespace ringbook::hub
