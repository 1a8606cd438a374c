#include "sync/hub/Seating.h"

namespace ringbook::hub {

namespace {

const QString extensionField = QStringLiteral("extension");

Status writeExtension(WriteBatch &batch, const QString &bookName, const Seat &seat)
{
    const model::RecordKey key{QStringLiteral("user"), seat.user};
    const auto book = batch.book(bookName);
    if (!book)
        return book.error();
    const auto record = batch.record(*book, key);
    if (!record)
        return record.error();
    if (!record->exists || record->deleted || record->fields.value(extensionField) == seat.extension)
        return Done{};
    const model::Op op{.record = key,
                       .action = model::Action::Set,
                       .edits = {{extensionField, model::FieldEdit{seat.extension, record->seq}}},
                       .madeAt = batch.now()};
    const auto ordered =
        batch.order(*book, op, Author{.user = seat.user, .role = QStringLiteral("admin")}, batch.now());
    return ordered ? Status(Done{}) : ordered.error();
}

Status writeSeat(WriteBatch &batch, const Seat &seat)
{
    const auto granted = batch.accounts().booksOf(seat.user);
    if (!granted)
        return granted.error();
    QStringList books(granted->begin(), granted->end());
    books.sort(); // whoever writes several takes them in one order
    for (const QString &book : books)
        if (const Status written = writeExtension(batch, book, seat); !written)
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
