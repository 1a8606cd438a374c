# What every target of the project shares: warnings, sanitizers, the include root, a precompiled header of Qt's core.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    # What it needs to be told to keep objects that were made with a precompiled header, and to find those of another checkout.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_DEPEND=1 CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
endif()

add_library(ringbook_flags INTERFACE)
target_include_directories(ringbook_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(ringbook_flags INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(MSVC)
    target_compile_options(ringbook_flags INTERFACE /W4 /permissive- /utf-8 $<$<BOOL:${RINGBOOK_WERROR}>:/WX>)
else()
    target_compile_options(ringbook_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> -Wall -Wextra -Wpedantic -Wno-missing-field-initializers
        $<$<BOOL:${RINGBOOK_WERROR}>:-Werror>)
endif()
if(RINGBOOK_SANITIZE)
    # Where GCC optimises code that sanitizers watch, it warns of what is not so.
    target_compile_options(ringbook_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
        -fno-sanitize-recover=undefined -Wno-error)
    target_link_options(ringbook_flags INTERFACE -fsanitize=address,undefined)
endif()
add_library(ringbook_test_flags INTERFACE)
if(NOT MSVC)
    # Qt tells every test its folder, and a header that was parsed with one folder's name is of no use in another.
    target_compile_options(ringbook_test_flags INTERFACE -O0 -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
endif()
find_program(MOLD mold)
if(MOLD AND NOT MSVC AND NOT APPLE)
    target_link_options(ringbook_flags INTERFACE -fuse-ld=mold)
endif()

# What nearly every source includes, parsed once: it halves what a full build costs. One for what has no window, one for
# what has, the same for tests, which are not worth optimising; everything else reuses them.
function(ringbook_precompile name header)
    add_library(${name} STATIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/precompiled.cpp)
    target_link_libraries(${name} PRIVATE ringbook_flags Qt6::Core ${ARGN})
    target_precompile_headers(${name} PRIVATE <resources/cmake/${header}>)
endfunction()
ringbook_precompile(ringbook_pch precompiled.h)
ringbook_precompile(ringbook_ui_pch precompiled_ui.h Qt6::Widgets)
ringbook_precompile(ringbook_test_pch precompiled_test.h ringbook_test_flags Qt6::Network Qt6::Test)
ringbook_precompile(ringbook_ui_test_pch precompiled_ui_test.h ringbook_test_flags Qt6::Network Qt6::Test Qt6::Widgets)

# ringbook_library(name SOURCES … LINKS …): one folder, one library; LINKS is the list of its permitted neighbours.
function(ringbook_library name)
    cmake_parse_arguments(ARG "WINDOWS" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    if(ARG_WINDOWS)
        target_precompile_headers(${name} REUSE_FROM ringbook_ui_pch)
    else()
        target_precompile_headers(${name} REUSE_FROM ringbook_pch)
    endif()
    target_link_libraries(${name} PUBLIC ringbook_flags Qt6::Core ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
endfunction()

# For the tests that run on both engines; where there is no PostgreSQL they run on SQLite alone.
file(GLOB POSTGRES_FOLDERS /usr/lib/postgresql/*/bin)
find_program(INITDB initdb HINTS ${POSTGRES_FOLDERS})

# ringbook_test(tst_Name LINKS …): one test program from tst_Name.cpp in the current folder. With BOTH_ENGINES it runs a
# second time, as tst_Name.postgres, with the hub's data in a PostgreSQL cluster of its own.
function(ringbook_test name)
    cmake_parse_arguments(ARG "BOTH_ENGINES" "TIMEOUT" "LINKS;SOURCES" ${ARGN})
    add_executable(${name} ${name}.cpp ${ARG_SOURCES})
    if("ui" IN_LIST ARG_LINKS OR "app_agent" IN_LIST ARG_LINKS)
        target_precompile_headers(${name} REUSE_FROM ringbook_ui_test_pch)
    else()
        target_precompile_headers(${name} REUSE_FROM ringbook_test_pch)
    endif()
    # Empty in most tests: Qt's headers would be all it costs.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp PROPERTIES
        SKIP_PRECOMPILE_HEADERS ON)
    target_link_libraries(${name} PRIVATE ringbook_flags ringbook_test_flags Qt6::Network Qt6::Test ${ARG_LINKS})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set(environment "QT_QPA_PLATFORM=offscreen;RINGBOOK_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    if(RINGBOOK_SANITIZE) # all takes longer, also what Qt gives one test function
        math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 5")
        math(EXPR function_ms "${ARG_TIMEOUT} * 1000")
        string(APPEND environment ";QTEST_FUNCTION_TIMEOUT=${function_ms}")
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${environment}")
    if(ARG_BOTH_ENGINES AND INITDB)
        add_test(NAME ${name}.postgres COMMAND ${name})
        set_tests_properties(${name}.postgres PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT
            "${environment};RINGBOOK_TEST_ENGINE=postgres")
    endif()
endfunction()
