#include "model/desk/CallDesk.h"

#include "model/desk/Composition.h"
#include "model/desk/Identification.h"
#include "model/desk/Limits.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "model/store/CaseStore.h"
#include "model/store/DeskFile.h"
#include "model/store/InteractionStore.h"
#include "model/store/SetUpStore.h"

#include <algorithm>

namespace ringbook::model {

namespace {

const QString draftPrefix = QStringLiteral("call:");
const QString filedPrefix = QStringLiteral("filed:");

constexpr int mostFiledByHub = 100; ///< calls of one customer or number that are looked through

bool beginsCase(const CallDraft &draft)
{
    return !draft.caseType.isEmpty();
}

/// What is missing before the draft can be filed.
Status complete(const CallDraft &draft)
{
    if (draft.callId.isEmpty())
        return Error{Fault::Invalid, "the draft has no key"};
    if (beginsCase(draft) && !caseTypeFromName(draft.caseType))
        return Error{Fault::Invalid, "there is no such type of case"};
    switch (missingIn(draft)) {
    case Missing::Nothing: return Done{};
    case Missing::Outcome: return Error{Fault::Invalid, "the call has no outcome yet"};
    case Missing::Subject: return Error{Fault::Invalid, "a case needs a subject"};
    case Missing::Case: return Error{Fault::Invalid, "there is neither a call nor a case to file"};
    case Missing::Note: return Error{Fault::Invalid, "a note needs a text"};
    }
    return Done{};
}

QString numberOf(const Party &party)
{
    if (party.withheld || (party.e164.isEmpty() && meansWithheld(party.raw)))
        return {};
    return party.e164.isEmpty() ? plainText(party.raw, maxPhoneTextLength) : party.e164;
}

Interaction interactionOf(const CallDraft &draft, Id<User> me)
{
    const bool outbound = draft.call.direction == AgentCall::Direction::Outbound;
    Interaction filed{.customer = draft.customer,
                      .channel = Interaction::Channel::Call,
                      .direction = outbound ? Interaction::Direction::Out : Interaction::Direction::In,
                      .ownLine = draft.call.ownLine,
                      .queue = draft.call.queue,
                      .partyNumber = numberOf(draft.call.party),
                      .answeredAt = draft.call.answeredAt,
                      .endedAt = draft.call.endedAt,
                      .agent = me,
                      .outcome = draft.outcome,
                      .callId = draft.call.callId};
    if (draft.call.startedAt)
        filed.startedAt = draft.call.startedAt;
    if (draft.ringToPaintUs > 0)
        filed.ringToPaintUs = draft.ringToPaintUs;
    return filed;
}

} // namespace

CallDesk::CallDesk(DeskFile &desk, Book &book, ChangeWriter &writer, const ringbook::Clock &clock,
                   Id<User> me)
    : m_desk(desk),
      m_book(book),
      m_writer(writer),
      m_clock(clock),
      m_me(me)
{
}

Status CallDesk::keepDraft(CallDraft draft)
{
    if (draft.callId.isEmpty())
        return Error{Fault::Invalid, "the draft has no key"};
    draft.keptAt = m_clock.now();
    return m_desk.keepDraft(draftPrefix + draft.callId, draftText(draft), draft.keptAt);
}

Result<QVector<CallDraft>> CallDesk::keptUnder(const QString &prefix) const
{
    const auto kept = m_desk.drafts();
    if (!kept)
        return kept.error();
    QVector<CallDraft> drafts;
    for (const auto &[key, text] : *kept)
        if (key.startsWith(prefix))
            drafts.append(draftFrom(key.mid(prefix.size()), text));
    return drafts;
}

Result<QVector<CallDraft>> CallDesk::drafts() const
{
    return keptUnder(draftPrefix);
}

Result<QVector<CallDraft>> CallDesk::filedCalls() const
{
    return keptUnder(filedPrefix);
}

Status CallDesk::forgetFiled(const QString &callId)
{
    return m_desk.dropDraft(filedPrefix + callId);
}

Status CallDesk::closeFiled(const CallDraft &filed, const AgentCall &over)
{
    return m_writer.save([&]() -> Result<Edits> {
        if (const auto forgotten = forgetFiled(filed.callId); !forgotten)
            return forgotten.error();
        const auto before = InteractionStore(m_book.db()).interaction(filed.filedAs);
        if (!before)
            return before.error().fault == Fault::NotFound ? Result<Edits>(Edits()) : before.error();
        Interaction after = *before;
        after.answeredAt = before->answeredAt ? before->answeredAt : over.answeredAt;
        after.endedAt = over.endedAt;
        return Edits{difference("interaction", *before, after)};
    });
}

/// As a draft without content, so that an erasure finds it, and a desk that gets another number renames it.
Status CallDesk::noteFiled(const CallDraft &draft, Id<Interaction> filedAs)
{
    if (!hasCall(draft) || draft.call.isOver())
        return Done{};
    const CallDraft mark{.callId = draft.callId, .customer = draft.customer, .filedAs = filedAs};
    return m_desk.keepDraft(filedPrefix + draft.callId, draftText(mark), m_clock.now());
}

Status CallDesk::dropDraft(const QString &callId)
{
    return m_desk.dropDraft(draftPrefix + callId);
}

Result<Filed> CallDesk::wrapUp(const CallDraft &draft)
{
    if (const auto ready = complete(draft); !ready)
        return ready.error();

    Filed filed;
    const auto saved = m_writer.save([&]() -> Result<Edits> {
        Edits edits;
        for (const auto step :
             {&CallDesk::fileCall, &CallDesk::fileCase, &CallDesk::fileNote, &CallDesk::filePromises})
            if (const auto done = (this->*step)(draft, filed, edits); !done)
                return done.error();
        if (const auto dropped = dropDraft(draft.callId); !dropped)
            return dropped.error();
        if (const auto noted = noteFiled(draft, filed.interaction.id); !noted)
            return noted.error();
        return edits;
    });
    if (!saved)
        return saved.error();
    return filed;
}

Status CallDesk::fileCall(const CallDraft &draft, Filed &filed, Edits &edits)
{
    if (!hasCall(draft))
        return Done{};
    const auto note = longText(draft.note, "the note");
    if (!note)
        return note.error();
    const auto before = filedByHub(draft);
    if (!before)
        return before.error();
    if (*before) {
        filed.interaction = **before;
        filed.interaction.customer = draft.customer ? draft.customer : (*before)->customer;
        filed.interaction.agent = m_me;
        filed.interaction.outcome = draft.outcome;
        filed.interaction.note = *note;
        edits.append(difference("interaction", **before, filed.interaction));
        return Done{};
    }
    const auto id = m_writer.newId();
    if (!id)
        return id.error();
    filed.interaction = interactionOf(draft, m_me);
    filed.interaction.id = {*id};
    filed.interaction.note = *note;
    if (!filed.interaction.startedAt)
        filed.interaction.startedAt = m_clock.now();
    edits.append(creation("interaction", filed.interaction));
    return Done{};
}

/// A call that nobody took, which the hub has written down: what is said about it goes there, not beside it.
Result<std::optional<Interaction>> CallDesk::filedByHub(const CallDraft &draft) const
{
    if (!draft.call.passedBy())
        return std::optional<Interaction>();
    const InteractionStore interactions(m_book.db());
    const TimeMs since = draft.call.startedAt - hourMs; // clocks differ
    for (const auto &found :
         {draft.customer ? interactions.recentOf(draft.customer, since, mostFiledByHub)
                         : Result<QVector<Interaction>>(QVector<Interaction>()),
          interactions.recentUnidentified(numberOf(draft.call.party), since, mostFiledByHub)}) {
        if (!found)
            return found.error();
        const auto same = std::ranges::find_if(
            *found, [&](const Interaction &one) { return one.callId == draft.call.callId && !one.agent; });
        if (same != found->end())
            return std::optional(*same);
    }
    return std::optional<Interaction>();
}

Status CallDesk::fileCase(const CallDraft &draft, Filed &filed, Edits &edits)
{
    if (!beginsCase(draft))
        return Done{};
    const CaseDesk::NewCase what{.type = caseTypeFromName(draft.caseType).value_or(Case::Type::Complaint),
                                 .customer = draft.customer,
                                 .subject = draft.subject,
                                 .remedySought = draft.remedySought};
    const auto file = newCase(m_writer, what, {m_me, m_clock.now()}, filed.interaction.id);
    if (!file)
        return file.error();
    filed.opened = *file;
    edits.append(creation("case", *file));
    return Done{};
}

/// A note goes to the case the draft is attached to. That of a case begun in a call is with the call, which
/// the case names; without a call it goes to the case.
Status CallDesk::fileNote(const CallDraft &draft, Filed &filed, Edits &edits)
{
    Id<Case> target = draft.attachTo;
    if (!target && filed.opened && !hasCall(draft) && !plainLines(draft.note).isEmpty())
        target = filed.opened->id;
    if (!target)
        return addToNote(draft, edits);
    if (draft.attachTo)
        if (const auto attached = attach(draft, edits); !attached)
            return attached;
    const auto note = newNote(m_writer, target, draft.note, {m_me, m_clock.now()}, filed.interaction.id);
    if (!note)
        return note.error();
    filed.note = *note;
    edits.append(creation("case_note", *note));
    return Done{};
}

/// Of whoever called; until it is known who that was, of the number.
Status CallDesk::filePromises(const CallDraft &draft, Filed &filed, Edits &edits)
{
    for (const Promise &promise : draft.promises) {
        const auto what = oneLine(promise.what, "what was promised", maxLineLength);
        if (!what)
            return what.error();
        const auto id = m_writer.newId();
        if (!id)
            return id.error();
        const FollowUp followUp{.id = {*id},
                                .customer = draft.customer,
                                .caseId = filed.opened ? filed.opened->id : draft.attachTo,
                                .what = *what,
                                .dueAt = promise.dueAt,
                                .zone = promise.zone,
                                .assignee = promise.by ? promise.by : m_me,
                                .madeBy = m_me,
                                .at = m_clock.now(),
                                .e164 = draft.customer ? QString() : draft.call.party.e164};
        filed.promises.append(followUp);
        edits.append(creation("follow_up", followUp));
    }
    return Done{};
}

/// Said after the call was saved: it is one note still.
Status CallDesk::addToNote(const CallDraft &draft, Edits &edits)
{
    if (hasCall(draft) || !draft.filedAs || plainLines(draft.note).isEmpty())
        return Done{};
    const auto before = InteractionStore(m_book.db()).interaction(draft.filedAs);
    if (!before)
        return before.error();
    const auto note = longText(before->note + u'\n' + draft.note, "the note");
    if (!note)
        return note.error();
    Interaction after = *before;
    after.note = *note;
    edits.append(difference("interaction", *before, after));
    return Done{};
}

/// What the call changes on an existing case: the remedy sought, if another one was said, and whose it is, if
/// nobody knew.
Status CallDesk::attach(const CallDraft &draft, Edits &edits)
{
    const auto before = CaseStore(m_book.db()).theCase(draft.attachTo);
    if (!before)
        return before.error();
    const auto remedySought = oneLine(draft.remedySought, "the remedy sought", maxLineLength);
    if (!remedySought)
        return remedySought.error();
    Case after = *before;
    if (!beginsCase(draft) && !remedySought->isEmpty())
        after.remedySought = *remedySought;
    edits.append(difference("case", *before, after));
    const auto identified = caseBecomesTheirs(m_book.db(), *before, draft.customer);
    if (!identified)
        return identified.error();
    edits += *identified;
    return Done{};
}

Status CallDesk::identify(Id<Case> caseId, Id<Customer> customer)
{
    return m_writer.save([&]() -> Result<Edits> {
        const auto file = CaseStore(m_book.db()).theCase(caseId);
        return file ? caseBecomesTheirs(m_book.db(), *file, customer) : Result<Edits>(file.error());
    });
}

Result<QVector<User>> CallDesk::colleagues() const
{
    auto users = SetUpStore(m_book.db()).users();
    if (users)
        users->removeIf([this](const User &user) { return user.id == m_me; });
    return users;
}

Result<QVector<OutcomeCode>> CallDesk::outcomes() const
{
    return SetUpStore(m_book.db()).outcomes();
}

} // namespace ringbook::model
