#include "app/hub/Commands.h"
#include "app/hub/Office.h"

namespace ringbook::app {

namespace {

/// The database is told of a desk that is there once an hour.
QString seenText(TimeMs seenAt, TimeMs now)
{
    if (seenAt == 0)
        return QStringLiteral("not heard of yet");
    if (seenAt <= now && now - seenAt < hub::renewLeaseEveryMs)
        return QStringLiteral("heard of within the last hour");
    return QStringLiteral("last heard of on %1 or within an hour after").arg(momentText(seenAt));
}

/// "acknowledged on …", else why not.
QString stateText(const hub::ErasureAtDevice &device, TimeMs now)
{
    if (device.acknowledgedAt)
        return QStringLiteral("acknowledged on ") + momentText(device.acknowledgedAt);
    const QString seen = seenText(device.seenAt, now);
    if (device.leaseUntil == 0)
        return QStringLiteral("not acknowledged, ") + seen;
    const QString lease =
        device.leaseUntil <= now ? QStringLiteral("lease ran out on ") : QStringLiteral("lease runs until ");
    return QStringLiteral("not acknowledged, %1, %2").arg(seen, lease + momentText(device.leaseUntil));
}

const char *stateName(const hub::ErasureAtDevice &device, TimeMs now)
{
    if (device.acknowledgedAt)
        return "acknowledged";
    return device.leaseUntil && device.leaseUntil <= now ? "lease_over" : "waiting";
}

void writeDevice(sync::JsonWriter &json, const hub::ErasureAtDevice &device, TimeMs now)
{
    json.beginObject().id("device", device.device).member("name", device.name);
    json.member("login", device.login).key("closed").boolean(device.isClosed);
    json.member("state", QLatin1String(stateName(device, now)));
    json.member("acknowledged_at", device.acknowledgedAt).member("seen_at", device.seenAt);
    json.member("lease_until", device.leaseUntil).endObject();
}

void sayErasure(const QString &book, const hub::ErasureReport &erasure, TimeMs now, const Terminal &terminal)
{
    sync::JsonWriter json;
    json.beginObject().member("book", book).member("seq", erasure.seq).member("at", erasure.at);
    json.member("by", erasure.by).member("records", erasure.records).key("devices").beginArray();
    QString devices;
    for (const hub::ErasureAtDevice &device : erasure.devices) {
        writeDevice(json, device, now);
        devices += QStringLiteral("\n    %1 %2 (%3%4): %5")
                       .arg(device.device)
                       .arg(device.name, device.login,
                            device.isClosed ? QStringLiteral(", closed") : QString(), stateText(device, now));
    }
    json.endArray().endObject();
    terminal.say(
        QStringLiteral("%1 by %2, records: %3, up to %4%5")
            .arg(momentText(erasure.at), erasure.by.isEmpty() ? QStringLiteral("the hub") : erasure.by)
            .arg(erasure.records)
            .arg(erasure.seq)
            .arg(devices),
        json);
}

ExitStatus listErasures(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString book = parser.value(QStringLiteral("book"));
    if (book.isEmpty())
        return Terminal::wrongUsage(QStringLiteral("Say with --book in which book."),
                                    QStringLiteral("erasures "));
    const auto admin = administration(existingPlaceFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    const auto erasures = admin->erasures(book);
    if (!erasures)
        return terminal.fail(erasures.error());
    const TimeMs now = SystemClock().now();
    for (const hub::ErasureReport &erasure : *erasures)
        sayErasure(book, erasure, now, terminal);
    return ExitStatus::Success;
}

} // namespace

Command listErasuresCommand()
{
    return Command{
        .words = QStringLiteral("erasures"),
        .purpose = QStringLiteral("Say when somebody was erased, and which desks have acknowledged it."),
        .options = {dataOption(),
                    databaseOption(),
                    {QStringLiteral("book"), QStringLiteral("Needed: their book."), QStringLiteral("BOOK")}},
        .run = listErasures,
    };
}

} // namespace ringbook::app
