public import Documents
import Text

/// What builtins share during one evaluation: storage, time, randomness, caches and limits.
/// One per machine and thread; `reset` between evaluations.
public final class EvaluationContext {
    /// The fields that every evaluation touches, behind a constant pointer: no dynamic exclusivity checks.
    private struct Storage {
        var arena: Arena
        var memoryLimit = 512 << 20
        var output: [String] = []
        var notes: [String] = []
        var testCases: [[String]] = []
        var runtime = Value.undefined
        var queryCache: [String: Value] = [:]
    }

    private let storage: UnsafeMutablePointer<Storage>

    /// Storage for everything made during the evaluation.
    public var arena: Arena {
        get { storage.pointee.arena }
        set { storage.pointee.arena = newValue }
    }
    /// The most bytes `arena` may hold; builtins with large results ask `hasRoom` first.
    public var memoryLimit: Int {
        get { storage.pointee.memoryLimit }
        set { storage.pointee.memoryLimit = newValue }
    }
    /// Lines that `print` wrote.
    public var output: [String] {
        get { storage.pointee.output }
        _modify { yield &storage.pointee.output }
    }
    /// Notes that `trace` wrote.
    public var notes: [String] {
        get { storage.pointee.notes }
        _modify { yield &storage.pointee.notes }
    }
    /// Bytes of what is kept outside of `arena`: output, notes, names, results for equal arguments.
    public private(set) var heldBytes = 0
    /// Names of the test cases that evaluation came to, outermost first, in order of evaluation (`internal.test_case`).
    public var testCases: [[String]] {
        get { storage.pointee.testCases }
        _modify { yield &storage.pointee.testCases }
    }
    /// The document `opa.runtime` answers with; set by the host, who keeps it; an empty object otherwise.
    public var runtime: Value {
        get { storage.pointee.runtime }
        set { storage.pointee.runtime = newValue }
    }
    /// Results that must be the same for equal arguments during one evaluation: `rand.intn`, `uuid.rfc4122`, `http.send`.
    public var queryCache: [String: Value] {
        get { storage.pointee.queryCache }
        _modify { yield &storage.pointee.queryCache }
    }
    /// Nanoseconds since 1970-01-01 UTC that `time.now_ns` answers, the same for a whole evaluation.
    public var now: Int64 = 0
    /// Seed of `rand.intn` and `uuid.rfc4122`; fixed by the caller for repeatable runs, else random.
    public var seed: UInt64 = 0
    /// Objects that builtins keep across evaluations, such as compiled patterns, by the builtin's own key.
    public var caches: [String: AnyObject] = [:]
    /// Compiled regular expressions and globs.
    let regexes = RegexCache()
    let globs = GlobCache()
    /// The file of the policy that calls, for builtins whose work is charged before they begin; nil when it is not known.
    public internal(set) var callFile: () -> String? = { nil }
    /// Whether the evaluation must stop now (deadline passed or cancelled); long-running builtins poll it.
    public var isCancelled: () -> Bool = { false }
    /// When the evaluation must end, by `Machine.clock`.
    public var deadline = Int64.max
    /// Whether builtins that wait for something else must give up.
    public var mustStop: Bool { isCancelled() || deadline != .max && MonotonicClock.now() > deadline }

    /// Counts what builtins do, and what comparing values takes; the machine counts its own steps.
    let meter: WorkMeter
    /// Steps that builtins took in this evaluation; the machine counts them with its own.
    public var spentSteps: Int { meter.spent }
    /// What `spentSteps` may come to; kept by the machine.
    public var stepLimit = Int.max
    /// Whether builtins were told to end because a budget is spent; the evaluation ends then.
    public var isSpent: Bool { meter.isSpent }

    /// Charges work of a builtin, one step for about as much as an instruction of the machine costs (some 20 ns), and
    /// looks now and then at the clock and the memory. Work that nothing can stop once it has begun is charged before, at once:
    /// it may not begin when it would take longer than there is time.
    /// - Returns: false when the evaluation's budget is spent: the builtin must end, and its result is dropped.
    @discardableResult
    public func spend(_ steps: Int) -> Bool { meter.spend(steps) }

    /// Whether so many nanoseconds are left, when that is so many that it matters; else the evaluation ends.
    func hasTime(for nanoseconds: Int64) -> Bool {
        if isTime(for: nanoseconds) { return true }
        meter.stop()
        return false
    }

    private func isTime(for nanoseconds: Int64) -> Bool {
        nanoseconds < 10_000_000 || deadline == .max || MonotonicClock.now() &+ nanoseconds <= deadline
    }

    /// How many steps builtins may take until they are asked to look again; 0 when they must end.
    private func allowance(after spent: Int, at once: Int) -> Int {
        guard spent <= stepLimit, !mustStop, hasRoom(for: 0), isTime(for: Int64(once * 20)) else { return 0 }
        return min(65_536, stepLimit &- spent &+ 1)
    }

    /// Counts steps from nothing again.
    func renewSteps() { meter.reset() }

    public init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: Storage(arena: Arena.make(capacity: 64 << 10)))
        let owner = Owner()
        meter = .make { owner.context?.allowance(after: $0, at: $1) ?? 0 }
        owner.context = self
    }

    /// What the meter asks, which is made before the context is and goes before it does. A weak reference would make each
    /// builtin's hold on the context slow.
    private final class Owner {
        unowned(unsafe) var context: EvaluationContext?
    }

    deinit {
        meter.destroy()
        storage.pointee.arena.destroy()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Whether `byteCount` more bytes fit the memory limit.
    public func hasRoom(for byteCount: Int) -> Bool { arena.used &+ heldBytes &+ byteCount <= memoryLimit }

    /// Counts bytes that are kept outside of `arena` to the end of the evaluation; false when they do not fit.
    @discardableResult
    public func hold(_ byteCount: Int) -> Bool {
        heldBytes &+= byteCount &+ 64
        return hasRoom(for: 0)
    }

    /// Forgets the last evaluation's values; keeps compiled patterns.
    public func reset() {
        storage.pointee.arena.reset()
        meter.reset()
        heldBytes = 0
        if !storage.pointee.output.isEmpty { storage.pointee.output.removeAll() }
        if !storage.pointee.notes.isEmpty { storage.pointee.notes.removeAll() }
        if !storage.pointee.testCases.isEmpty { storage.pointee.testCases.removeAll() }
        if !storage.pointee.queryCache.isEmpty { storage.pointee.queryCache.removeAll() }
    }

    /// The cache kept under `key`, made on first use.
    public func cache<Cache: AnyObject>(_ key: String, make: () -> Cache) -> Cache {
        if let cache = caches[key] as? Cache { return cache }
        let cache = make()
        caches[key] = cache
        return cache
    }
}
