#pragma once

#include "resources/cmake/precompiled.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
