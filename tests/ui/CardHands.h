#pragma once

#include "tests/ui/CardWorld.h"
#include "ui/widgets/Painted.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QtTest>

namespace ringbook::tests {

/// A card page on the screen of somebody who has hands and no mouse.
struct CardHands
{
    explicit CardHands(CardWorld &made) : world(made.world), page(made.desks())
    {
        QObject::connect(&world.writer, &model::ChangeWriter::changed, &page, &ui::CardPage::takeChanges);
        page.resize(1310, 698);
        page.show();
        QApplication::setActiveWindow(&page);
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page does not come up");
    }

    model::AgentCall rings(const QString &number)
    {
        const model::AgentCall call = world.ringing(number);
        page.show(call, *world.callers.cardFor(call.party));
        return call;
    }

    void type(const QString &text) { QTest::keyClicks(page.focusWidget(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(page.focusWidget(), key, modifiers);
    }
    void save() ///< with the first outcome
    {
        press(Qt::Key_1, Qt::AltModifier);
        press(Qt::Key_Return, Qt::ControlModifier);
    }
    template <typename T>
    T *the() const
    {
        return page.findChild<T *>();
    }
    template <typename T>
    T *named(const QString &accessibleName) const
    {
        for (T *widget : page.findChildren<T *>()) {
            if (widget->accessibleName() == accessibleName && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QString note() const { return the<QPlainTextEdit>()->toPlainText(); }
    bool says(const QString &text) const
    {
        for (const ui::Painted *label : page.findChildren<ui::Painted *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    model::Interaction filedCall() const
    {
        const auto row = world.book.db().one("SELECT id FROM interaction ORDER BY id DESC LIMIT 1");
        return row ? model::interactionFrom({row->number("id")},
                                            **world.book.record({"interaction", row->number("id")}))
                   : model::Interaction{};
    }
    int count(const QString &table) const
    {
        return int(world.book.db().one("SELECT count(*) AS n FROM " + table)->number("n"));
    }

    World &world;
    ui::CardPage page;
};

} // namespace ringbook::tests
