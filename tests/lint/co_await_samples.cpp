// Samples for co_await_forms.py --self-test: exactly the lines that end in "bad" are refused. Not compiled.
#include "engine/task.h"

// if (co_await f(a)) in a comment is nothing, and neither is "if (co_await f(a))" in a literal.
Task<> good(int a) {
    co_await f(a);
    auto x = co_await f(a);
    std::map<int, std::vector<int>> y = co_await g<int, long>(a, "? && || { co_await");
    const Rows& rows = co_await query(statement, text(a), number(2));
    x += co_await f(a);
    x = co_await f(a == 1, !a, a + 1, a < 2);
    if (a) co_await f(a);
    if (a)
        co_await f(a);
    else
        x = co_await f(a);
    for (int i = 0; i < 3; ++i) co_await f(values[i]);
    for (int value : values) {
        co_await f(value);
    }
    while (a) x = co_await store.find(key).at(table[a]);
    do co_await f(a);
    while (a);
    switch (a) {
        case 1:
            co_await f(a);
            break;
        case kinds::two: x = co_await f(a); break;
        default:
            co_await f(a);
    }
    std::array<Cell, 2> row = {cell(1), cell(2)};
    co_await f(row);
    std::sort(rows.begin(), rows.end(), [&](int left, int right) { return left < right && left; });
    co_await f(a);
    auto later = [&](int b) { return b ? 1 : 2; };
    co_await f(a);
    const char* raw = R"(if (co_await f(a)))";
    try {
        co_await f(a);
    } catch (const Failure& failure) {
        kept = failure;
    }
    struct Local {
        int one{1};
    };
    co_await tasks[2];
    co_await std::move(task);
    co_await *task;
    co_return co_await f(a);
}

Task<int> no_capture() {
    auto run = [](int a) -> Task<int> {
        int x = co_await f(a);
        co_return x;
    };
    Run once([](const Arguments&) -> Task<> { co_await f(1); });
    co_return co_await run(1);
}

Task<> bad(int a) {
    if (co_await f(a)) return;                             // bad
    while (co_await f(a)) ++a;                             // bad
    switch (co_await f(a)) {}                              // bad
    for (auto row : co_await f(a)) use(row);               // bad
    for (int i = 0; i < co_await f(a); ++i) use(i);        // bad
    if (auto x = co_await f(a); x) return;                 // bad
    bool b = a && co_await f(a);                           // bad
    bool c = co_await f(a) || a;                           // bad
    int d = a ? co_await f(a) : 0;                         // bad
    int e = co_await f(a) ? 1 : 2;                         // bad
    co_await f(a ? 1 : 2);                                 // bad
    co_await f(a && b);                                    // bad
    Key k{co_await f(a)};                                  // bad
    Key l = {co_await f(a)};                               // bad
    co_await f({a, b});                                    // bad
    co_await f(Key{a, b});                                 // bad
    auto m = co_await Awaitable{a};                        // bad
    co_await f([a](int b) { return a + b; });              // bad
    co_await f([](int b) { return b; });                   // bad
    int n = co_await f(a) + 1;                             // bad
    int o = 1 + co_await f(a);                             // bad
    int p = co_await f(a) + co_await f(b);                 // bad
    use(co_await f(a));                                    // bad
    int q = (co_await f(a)).size();                        // bad
    int r = table[co_await f(a)];                          // bad
    int s = co_await f(a), t = 2;                          // bad
    int u = v = co_await f(a);                             // bad
    co_return !co_await f(a);                              // bad
    co_return a == 1 && co_await f(a);                     // bad
    co_yield co_await f(a);                                // bad
    list << co_await f(a);                                 // bad
    rows.push_back(co_await f(a));                         // bad
    std::for_each(a, b, [&] { use(1); }), co_await f(a);   // bad
    if (a) {
        int w = a ? 1 : co_await f(a);                     // bad
    } else if (co_await f(a)) {                            // bad
        co_await f(a) && g();                              // bad
    }
    auto captured = [a]() -> Task<> {
        co_await f(a);                                     // bad
    };
    Run once([&](int b) -> Task<> { co_await f(b); });     // bad
    try {
        run();
    } catch (...) {
        co_await f(a);                                     // bad
    }
    co_return co_await f(a,                                // bad
                         {b});
}
