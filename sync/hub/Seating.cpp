#include "sync/hub/Seating.h"

namespace ringbook::hub {

Status setUserFields(WriteBatch &batch, const QString &bookName, qint64 user, const model::Fields &wanted)
{
    const model::RecordKey key{QStringLiteral("user"), user};
    const auto book = batch.book(bookName);
    if (!book)
        return book.error();
    const auto record = batch.record(*book, key);
    if (!record)
        return record.error();
    if (!record->exists || record->deleted)
        return Done{};
    model::Op op{.record = key, .action = model::Action::Set, .madeAt = batch.now()};
    for (auto field = wanted.begin(); field != wanted.end(); ++field)
        if (record->fields.value(field.key()) != *field)
            op.edits.insert(field.key(), model::FieldEdit{*field, record->seq});
    if (op.edits.isEmpty())
        return Done{};
    const auto ordered =
        batch.order(*book, op, Author{.user = user, .role = QStringLiteral("admin")}, batch.now());
    return ordered ? Status(Done{}) : ordered.error();
}

namespace {

Status writeSeat(WriteBatch &batch, const Seat &seat)
{
    const auto granted = batch.accounts().booksOf(seat.user);
    if (!granted)
        return granted.error();
    QStringList books(granted->begin(), granted->end());
    books.sort(); // whoever writes several takes them in one order
    for (const QString &book : books)
        if (const Status written =
                setUserFields(batch, book, seat.user, {{QStringLiteral("extension"), seat.extension}});
            !written)
            return written;
    return Done{};
}

} // namespace

Status reseat(WriteBatch &batch, const std::function<Status(Seats &)> &change)
{
    Seats seats = batch.seats();
    const auto before = seats.all();
    if (!before)
        return before.error();
    if (const Status dropped = seats.dropOld(batch.now() - seatLifeMs); !dropped)
        return dropped;
    if (const Status changed = change(seats); !changed)
        return changed;
    const auto after = seats.all();
    if (!after)
        return after.error();
    if (*after == *before)
        return Done{};
    QHash<qint64, QString> had;
    for (const Seat &seat : *before)
        had.insert(seat.user, seat.extension);
    for (const Seat &seat : *after)
        if (!had.contains(seat.user) || had.value(seat.user) != seat.extension)
            if (const Status written = writeSeat(batch, seat); !written)
                return written;
    if (const Status noted = seats.noteChange(); !noted)
        return noted;
    return batch.announceSeats();
}

} // namespace ringbook::hub
