#include "sync/hub/verbs/CreateSession.h"

#include "sync/hub/Seating.h"
#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

constexpr int maxDeviceNameLength = 100;
constexpr int maxExtensionLength = 10;

sync::Problem wrongPassword()
{
    return sync::problemFrom({Fault::Denied, QStringLiteral("The login or the password is wrong.")});
}

sync::Problem tooManyGuesses()
{
    return problem(429, sync::problem::busy, QStringLiteral("Too many wrong passwords"),
                   QStringLiteral("Too many wrong passwords came from here; wait a minute."));
}

sync::Problem closedUser()
{
    return sync::problemFrom(
        {Fault::Denied, QStringLiteral("This login was closed; an administrator can open "
                                       "it again. What is saved here stays here.")});
}

sync::Problem strangeDevice()
{
    return problem(403, sync::problem::forbidden,
                   QStringLiteral("This device number belongs to another desk"),
                   QStringLiteral("This profile was copied, or it belongs to another hub; begin a new one."));
}

sync::Problem strangeTelephone(const QString &extension)
{
    return sync::problemFrom({Fault::Invalid, QStringLiteral("No telephone here has the extension “%1”.")
                                                  .arg(extension.left(maxExtensionLength))});
}

sync::Problem busyTelephone(const QString &extension)
{
    return problem(
        409, sync::problem::phoneInUse, QStringLiteral("Somebody talks there"),
        QStringLiteral("Somebody talks at the phone %1; take it when the call is over.").arg(extension));
}

/// Takes as long as a right login, so that nobody learns which logins exist.
bool passwordFits(const Result<Account> &account, const QString &password)
{
    static const QString nobody = [] {
        const auto hash = passwordHash(QStringLiteral("nobody's password"));
        return hash ? *hash : QString();
    }();
    return isPassword(password, account ? account->passwordHash : nobody) && account.has_value();
}

/// One sign-in inside the writer, after the password was right.
struct Admittance
{
    CreateSession::Guest guest;
    const CreateSession::Parts &hub;
    QByteArray token;
    Caller caller;
    sync::SessionReply reply;
    std::optional<sync::Problem> trouble;

    Status run(WriteBatch &batch);
    Status checkAccount(WriteBatch &batch);
    Status findDevice(WriteBatch &batch);
    Status goOn(WriteBatch &batch) const;
    Status findTelephone(WriteBatch &batch);
    Result<bool> sharesBook(WriteBatch &batch, qint64 user) const;
    Status sitDown(WriteBatch &batch) const;
    QString deviceName() const { return guest.request.deviceName.left(maxDeviceNameLength); }
};

/// As it is by now: while the password was looked at it may have been changed.
Status Admittance::checkAccount(WriteBatch &batch)
{
    const auto account = batch.accounts().byId(guest.account.id);
    if (!account)
        return account.error();
    if (account->closedAt != 0)
        trouble = closedUser();
    else if (!guest.goesOn && account->passwordHash != guest.account.passwordHash)
        trouble = wrongPassword();
    return Done{};
}

Status Admittance::findDevice(WriteBatch &batch)
{
    if (guest.request.device == 0) {
        const QByteArray secret = newSecret();
        const auto device =
            batch.accounts().addDevice(secretHash(secret), deviceName(), guest.account.id, batch.now());
        if (!device)
            return device.error();
        caller.device = *device;
        reply.deviceSecret = QString::fromLatin1(secret);
        return Done{};
    }
    const DeviceRow claimed{guest.request.device, secretHash(guest.request.deviceSecret.toUtf8()),
                            guest.account.id, deviceName()};
    const auto isTheirs = batch.accounts().recognize(claimed, batch.now());
    if (!isTheirs)
        return isTheirs.error();
    if (!*isTheirs) {
        trouble = strangeDevice();
        return Done{};
    }
    caller.device = claimed.id;
    reply.deviceSecret = guest.request.deviceSecret;
    return Done{};
}

/// As if an op had come under the last counter it gave out elsewhere: the next one fits.
Status Admittance::goOn(WriteBatch &batch) const
{
    if (!guest.goesOn || guest.goesOn->last == 0)
        return Done{};
    const auto book = batch.book(guest.goesOn->book);
    if (!book)
        return book.error();
    const KnownOp elsewhere{.reason = QStringLiteral("This op was another device's.")};
    return batch.books().keepAnswers(book->id, {{{caller.device, guest.goesOn->last}, elsewhere}});
}

/// Where a telephone system has a telephone, or an account says that there is one; but nobody's with whom
/// they share no book, and nobody's who talks.
Status Admittance::findTelephone(WriteBatch &batch)
{
    const QString &extension = guest.request.extension;
    if (extension.isEmpty())
        return Done{};
    const auto seats = batch.seats().all();
    if (!seats)
        return seats.error();
    bool isThere = hub.telephones.contains(extension);
    for (const Seat &seat : *seats) {
        if (seat.own != extension && seat.extension != extension)
            continue;
        const auto shares = sharesBook(batch, seat.user);
        if (!shares)
            return shares.error();
        isThere = *shares;
        if (!isThere)
            break;
        if (seat.extension == extension && seat.user != guest.account.id && hub.isTalkingAt(extension))
            trouble = busyTelephone(extension);
    }
    if (!isThere)
        trouble = strangeTelephone(extension);
    return Done{};
}

Result<bool> Admittance::sharesBook(WriteBatch &batch, qint64 user) const
{
    const auto theirs = batch.accounts().booksOf(user);
    const auto mine = batch.accounts().booksOf(guest.account.id);
    if (!theirs || !mine)
        return theirs ? mine.error() : theirs.error();
    return user == guest.account.id || theirs->intersects(*mine);
}

Status Admittance::sitDown(WriteBatch &batch) const
{
    const QString &extension = guest.request.extension;
    if (extension.isEmpty())
        return Done{};
    return reseat(batch, [&](Seats &seats) { return seats.take(guest.account.id, extension, batch.now()); });
}

Status Admittance::run(WriteBatch &batch)
{
    trouble.reset();
    if (const Status checked = checkAccount(batch); !checked || trouble)
        return checked;
    if (const Status found = findTelephone(batch); !found || trouble)
        return found;
    const auto books = batch.accounts().booksOf(guest.account.id);
    if (!books)
        return books.error();
    caller = Caller{.user = guest.account.id,
                    .name = guest.account.name,
                    .role = guest.account.role,
                    .books = *books,
                    .expiresAt = batch.now() + sessionLifeMs};
    reply = sync::SessionReply{.token = QString::fromLatin1(token),
                               .user = guest.account.id,
                               .userName = guest.account.name,
                               .hubTime = batch.now()};
    if (const Status found = findDevice(batch); !found || trouble)
        return found;
    if (const Status counted = goOn(batch); !counted)
        return counted;
    if (const Status seated = sitDown(batch); !seated)
        return seated;
    reply.device = caller.device;
    for (const QString &name : *books) {
        const auto book = batch.book(name);
        if (!book)
            return book.error();
        reply.books.append({book->name, book->region, book->head.epoch, book->head.seq});
    }
    if (const Status added = batch.accounts().addSession(secretHash(token), caller); !added)
        return added;
    return batch.announceSession(caller.device);
}

} // namespace

void CreateSession::answer(const Ask &ask, Reply reply)
{
    const auto request = sync::readSessionRequest(ask.body);
    if (!request)
        return reply(problemOf(request.error()));
    if (const auto trouble = schemaTrouble(request->schema))
        return reply(*trouble);
    if (!m.guesses.mayTry(ask.address, request->login))
        return reply(tooManyGuesses());
    const bool taken =
        m.doorkeeper.submit([this, address = ask.address, request = *request, reply](model::Connection &db) {
            signIn(db, address, request, reply);
        });
    if (!taken)
        reply(tooBusy());
}

void CreateSession::signIn(model::Connection &db, const QString &address, const sync::SessionRequest &request,
                           const Reply &reply)
{
    const Accounts accounts(db);
    const auto account = accounts.byLogin(request.login);
    if (!account && account.error().fault != Fault::NotFound)
        return reply(problemOf(account.error()));
    if (!passwordFits(account, request.password))
        return reply(wrongPassword());
    m.guesses.wasRight(address, request.login);
    admit({.account = *account, .request = request}, reply);
}

void CreateSession::admit(const Guest &guest, const Reply &reply)
{
    const auto admittance =
        std::make_shared<Admittance>(Admittance{.guest = guest, .hub = m, .token = newSecret()});
    const bool taken = m.writer.submit({[admittance](WriteBatch &batch) { return admittance->run(batch); },
                                        [admittance, reply, this](const Status &committed) {
                                            if (!committed)
                                                return reply(problemOf(committed.error()));
                                            if (admittance->trouble)
                                                return reply(*admittance->trouble);
                                            m.seated();
                                            m.sessions.put(secretHash(admittance->token), admittance->caller);
                                            admittance->reply.simulator = m.simulator;
                                            admittance->reply.leaseMs = m.leaseMs;
                                            reply(Told{sync::encode(admittance->reply)});
                                        }});
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
