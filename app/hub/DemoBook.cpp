#include "app/hub/DemoBook.h"

#include "app/hub/demo/Cases.h"
#include "app/hub/demo/Showcase.h"
#include "model/domain/CaseCode.h"

#include <algorithm>
#include <limits>

namespace ringbook::app {

using namespace demo;
using namespace model;

namespace {

Status checked(const DemoSettings &settings)
{
    const auto invalid = [](const char *why) { return Error{Fault::Invalid, QLatin1String(why)}; };
    if (settings.customers < minDemoCustomers)
        return invalid("a demo book needs more customers than its showcase has");
    if (settings.interactionsPerCustomer < 0 || settings.cases < 0)
        return invalid("a demo book cannot have fewer than no interactions or cases");
    if (settings.cases > 0 && settings.interactionsPerCustomer == 0)
        return invalid("the cases of a demo book come out of interactions");
    if (settings.device < 1 || settings.device > maxDevice || settings.firstCounter < 1 ||
        settings.firstCase < 1)
        return invalid("a demo book needs the number of a device and counters from 1");
    if (!QTimeZone(settings.zone.toLatin1()).isValid())
        return invalid("the time zone of the demo book is unknown");
    if (std::ranges::any_of(settings.users, [](const User &user) { return !user.id; }))
        return invalid("the users of a demo book need ids");
    return Done{};
}

/// One run: everything that is needed to make any record, and where they go.
class Book
{
public:
    Book(const DemoSettings &settings, const DemoSink &sink)
        : m_settings(settings),
          m_numbering(settings),
          m_records(sink, m_numbering),
          m_time(settings.now, QTimeZone(settings.zone.toLatin1())),
          m_texts(m_time),
          m_company(companyOf(settings, m_numbering, m_texts.categories())),
          m_people(settings, m_numbering),
          m_contacts(settings, m_company, m_people, m_texts, m_time),
          m_cases(settings, m_numbering, m_company, m_people, m_contacts, m_texts, m_time),
          m_story(showcase::storyOf(m_company, m_numbering, m_time, m_people.id(m_people.showcase()),
                                    caseCode(settings.device, settings.firstCase)))
    {
    }

    Result<DemoCounts> write()
    {
        demo::write(m_company, m_settings.writeUsers, m_records);
        writePeople();
        writeInteractions();
        writeCases();
        writePlans();
        if (!m_records.status())
            return m_records.status().error();
        return DemoCounts{.records = m_records.count(),
                          .nextCounter = m_records.free(),
                          .nextCase = m_settings.firstCase + 1 + m_settings.cases};
    }

private:
    void writePeople()
    {
        for (qint64 index = 0; index < m_people.count() && m_records.status(); ++index)
            m_records.write(m_people.customer(index));
        for (qint64 index = 0; index < m_people.count() && m_records.status(); ++index)
            for (const ContactPoint &point : m_people.contactPoints(index))
                m_records.writeNew(point);
    }

    /// The story's are told where they fall among the others.
    void writeInteractions()
    {
        auto told = m_story.interactions.cbegin();
        const auto tellUntil = [&](TimeMs at) {
            for (; told != m_story.interactions.cend() && *told->startedAt <= at; ++told)
                m_records.write(*told);
        };
        for (qint64 index = 0; index < m_contacts.count() && m_records.status(); ++index) {
            const auto contact =
                m_contacts.interaction(index, m_numbering.id<Interaction>(m_numbering.interactions + index));
            tellUntil(*contact.startedAt);
            m_records.write(contact);
        }
        tellUntil(std::numeric_limits<TimeMs>::max());
    }

    void writeCases()
    {
        for (qint64 index = 0; index < m_settings.cases && m_records.status(); ++index) {
            const Case file = m_cases.file(index);
            m_records.write(file);
            for (const CaseNote &note : m_cases.notes(index, file))
                m_records.writeNew(note);
            if (const auto promise = m_cases.promise(index, file))
                m_records.writeNew(*promise);
        }
        m_records.write(m_story.complaint);
        m_records.write(m_story.note);
        m_records.write(m_story.promise);
    }

    void writePlans()
    {
        for (qint64 index = 0; index < m_cases.planned() && m_records.status(); ++index)
            m_records.writeNew(m_cases.plan(index));
        for (qint64 index = 0; index < m_cases.alerts() && m_records.status(); ++index)
            m_records.writeNew(m_cases.alert(index));
        m_records.write(m_story.alert);
    }

    const DemoSettings &m_settings;
    Numbering m_numbering;
    Records m_records;
    WorkingTime m_time;
    Texts m_texts;
    Company m_company;
    People m_people;
    Contacts m_contacts;
    Cases m_cases;
    showcase::Story m_story;
};

} // namespace

Result<DemoCounts> writeDemoBook(const DemoSettings &settings, const DemoSink &sink)
{
    if (const auto valid = checked(settings); !valid)
        return valid.error();
    return Book(settings, sink).write();
}

} // namespace ringbook::app
