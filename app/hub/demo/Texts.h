#pragma once

#include "app/hub/demo/Dice.h"
#include "app/hub/demo/Lists.h"
#include "app/hub/demo/WorkingTime.h"
#include "model/domain/Case.h"

namespace ringbook::app::demo {

/// Something that customers and the company talk about.
struct Topic
{
    model::Case::Type type = model::Case::Type::Information;
    QString category = {};
    QString product = {};
    Template subject;
    Template said;
    QVector<QString> parts = {}; ///< of the product
};

/// Sentences about the work, put together by dice.
class Texts
{
public:
    explicit Texts(const WorkingTime &time);

    /// What one text is about, and when it is written.
    struct Story
    {
        Dice &dice;
        TimeMs at = 0;
        const Topic &topic;
    };

    const Topic &topic(Dice &dice) const { return m_topics[dice.of(m_weighted)]; }
    const Topic &topic(Dice &dice, model::Case::Type type) const;
    const QStringList &categories() const { return m_categories; } ///< "complaint | Leak", each once

    struct Told
    {
        QString text = {};
        QString tag = {};
    };

    /// One sentence.
    Told tell(const QVector<Template> &choices, Story story) const;
    QString text(const QString &section, Story story) const;
    QString subject(Story story) const;

    QVector<Template> section(const QString &name) const;

private:
    void append(QString &text, const Template &sentence, Story &story) const;
    void fill(Template::Place place, QString &text, Story &story) const;

    const WorkingTime &m_time;
    Lists m_lists;
    QHash<QString, QVector<Template>> m_sections;
    QVector<Topic> m_topics;
    QVector<int> m_weighted;
    QStringList m_categories;
    QVector<QString> m_technicians;
    QVector<QString> m_windows;
};

} // namespace ringbook::app::demo
