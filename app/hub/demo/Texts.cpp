#include "app/hub/demo/Texts.h"

namespace ringbook::app::demo {

namespace {

constexpr qint64 usualLength = 200;

const QStringList &sections()
{
    static const QStringList names = {
        "call.in",
        "call.out",
        "call.unknown",
        "call.more",
        "mail.in",
        "mail.out",
        "visit",
        "letter",
        "fax",
        "chat",
        "web",
        "social",
        "remedies.sought",
        "remedies.given",
        "causes",
        "resolutions",
        "resolutions.information",
        "notes",
        "alerts",
        "promises.visit",
        "promises.maintenance",
        "promises.after_sale",
        "promises.callback",
    };
    return names;
}

} // namespace

Texts::Texts(const WorkingTime &time) : m_time(time), m_lists(QStringLiteral(":/demo/work.txt"))
{
    for (const QString &name : sections())
        m_sections[name] = templates(m_lists.items(name));
    const auto parts = m_lists.table("parts", ",");
    m_technicians = m_lists.items("technicians");
    m_windows = m_lists.items("windows");
    for (const QString &item : m_lists.items("topics")) {
        const QStringList cell = cells(item);
        const QString category = cell.value(0) + u'|' + cell.value(1);
        if (!m_categories.contains(category))
            m_categories.append(category);
        m_weighted.append(QVector<int>(cell.value(5).toInt(), int(m_topics.size())));
        m_topics.append(
            {.type = model::caseTypeFromName(cell.value(0)).value_or(model::Case::Type::Information),
             .category = cell.value(1),
             .product = cell.value(2),
             .subject = Template(cell.value(3)),
             .said = Template(cell.value(4)),
             .parts = parts[cell.value(2)]});
    }
}

QVector<Template> Texts::section(const QString &name) const
{
    return m_sections.value(name);
}

const Topic &Texts::topic(Dice &dice, model::Case::Type type) const
{
    const Topic *topic = &this->topic(dice);
    while (topic->type != type)
        topic = &this->topic(dice);
    return *topic;
}

Texts::Told Texts::tell(const QVector<Template> &choices, Story story) const
{
    const Template &sentence = story.dice.of(choices);
    Told told{.tag = sentence.tag()};
    told.text.reserve(usualLength);
    append(told.text, sentence, story);
    return told;
}

QString Texts::text(const QString &section, Story story) const
{
    return tell(m_sections[section], story).text;
}

QString Texts::subject(Story story) const
{
    QString text;
    append(text, story.topic.subject, story);
    return text;
}

void Texts::append(QString &text, const Template &sentence, Story &story) const
{
    sentence.fill(text, [&](Template::Place place, QString &into) { fill(place, into, story); });
}

void Texts::fill(Template::Place place, QString &text, Story &story) const
{
    using enum Template::Place;
    switch (place) {
    case None: return;
    case Part: text += story.dice.of(story.topic.parts); return;
    case Technician: text += story.dice.of(m_technicians); return;
    case Window: text += story.dice.of(m_windows); return;
    case Subject: append(text, story.topic.subject, story); return;
    case Product: text += story.topic.product; return;
    case Said: append(text, story.topic.said, story); return;
    case Digit: text += QChar(char16_t(u'2' + story.dice.below(8))); return;
    case Bar:
        text += u"1.";
        text += QChar(char16_t(u'0' + story.dice.below(10)));
        return;
    case Day: text += m_time.workdayName(story.at + story.dice.between(1, 9) * dayMs); return;
    }
}

} // namespace ringbook::app::demo
