#include "model/desk/Composition.h"

#include "model/desk/Limits.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

namespace ringbook::model {

namespace {

Error tooLong(const QString &what, int maxLength)
{
    return {Fault::Invalid, QString("%1 is longer than %2 characters").arg(what).arg(maxLength)};
}

/// Plain text that is not cut: what is too long is refused.
QString cleaned(const QString &typed)
{
    return plainText(typed, int(typed.size()));
}

} // namespace

Result<QString> oneLine(const QString &typed, const QString &what, int maxLength)
{
    const QString line = cleaned(typed).simplified();
    if (line.size() > maxLength)
        return tooLong(what, maxLength);
    return line;
}

Result<QString> longText(const QString &typed, const QString &what)
{
    const QString text = plainLines(typed);
    if (text.size() > maxTextLength)
        return tooLong(what, maxTextLength);
    return text;
}

Result<Case> newCase(ChangeWriter &writer, const CaseDesk::NewCase &what, const Doing &doing,
                     Id<Interaction> interaction)
{
    const auto subject = oneLine(what.subject, "the subject", maxLineLength);
    if (!subject)
        return subject.error();
    if (subject->isEmpty())
        return Error{Fault::Invalid, "a case needs a subject"};
    const auto remedySought = oneLine(what.remedySought, "the remedy sought", maxLineLength);
    if (!remedySought)
        return remedySought.error();
    if (what.severity && (*what.severity < worstSeverity || *what.severity > mildestSeverity))
        return Error{Fault::Invalid, "a severity is 1 to 4"};

    const auto id = writer.newId();
    if (!id)
        return id.error();
    const auto code = writer.newCaseCode();
    if (!code)
        return code.error();
    return Case{.id = {*id},
                .code = *code,
                .type = what.type,
                .customer = what.customer,
                .severity = what.severity,
                .subject = *subject,
                .openedAt = doing.now,
                .openedBy = doing.me,
                .remedySought = *remedySought,
                .interaction = interaction};
}

Result<CaseNote> newNote(ChangeWriter &writer, Id<Case> file, const QString &text, const Doing &doing,
                         Id<Interaction> interaction)
{
    const auto note = longText(text, "the note");
    if (!note)
        return note.error();
    const auto id = writer.newId();
    if (!id)
        return id.error();
    return CaseNote{.id = {*id},
                    .caseId = file,
                    .interaction = interaction,
                    .author = doing.me,
                    .text = *note,
                    .at = doing.now};
}

Result<ContactPoint> newPhone(ChangeWriter &writer, Id<Customer> customer, const QString &number,
                              const QString &label, const QString &region)
{
    const QString value = cleaned(number);
    if (value.isEmpty())
        return Error{Fault::Invalid, "there is no number"};
    if (value.size() > maxPhoneTextLength)
        return tooLong("the number", maxPhoneTextLength);
    const auto kind = oneLine(label, "the label", maxNameLength);
    if (!kind)
        return kind.error();
    const auto id = writer.newId();
    if (!id)
        return id.error();
    return ContactPoint{.id = {*id},
                        .customer = customer,
                        .channel = ContactPoint::Channel::Phone,
                        .value = value,
                        .e164 = toE164(value, region),
                        .label = *kind};
}

Result<ContactPoint> newEmail(ChangeWriter &writer, Id<Customer> customer, const QString &address)
{
    const QString value = cleaned(address);
    if (value.size() > maxEmailLength)
        return tooLong("the address", maxEmailLength);
    const auto at = value.indexOf(u'@');
    if (at <= 0 || at == value.size() - 1 || value.contains(u' '))
        return Error{Fault::Invalid, "this is no e-mail address"};
    const auto id = writer.newId();
    if (!id)
        return id.error();
    return ContactPoint{
        .id = {*id}, .customer = customer, .channel = ContactPoint::Channel::Email, .value = value};
}

} // namespace ringbook::model
