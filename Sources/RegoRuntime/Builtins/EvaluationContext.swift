public import Documents

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
    /// Bytes of `notes`.
    var noteBytes = 0
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
    /// Whether the evaluation must stop now (deadline passed or cancelled); long-running builtins poll it.
    public var isCancelled: () -> Bool = { false }
    /// When the evaluation must end, by `Machine.clock`.
    public var deadline = Int64.max
    /// Whether builtins that wait for something else must give up.
    public var mustStop: Bool { isCancelled() || deadline != .max && MonotonicClock.now() > deadline }

    /// Steps that builtins took in this evaluation; the machine counts them with its own.
    public private(set) var spentSteps = 0
    /// What `spentSteps` may come to; kept by the machine.
    public var stepLimit = Int.max
    private var nextLook = 0

    /// Charges work of a builtin, one step for about as much as an instruction of the machine costs (some 20 ns), and
    /// looks now and then at the clock and the memory.
    /// - Returns: false when the evaluation's budget is spent, and the builtin must end by `BuiltinCall.stopped`.
    public func spend(_ steps: Int) -> Bool {
        spentSteps &+= steps
        if spentSteps > stepLimit { return false }
        if spentSteps < nextLook { return true }
        // Once stopped, each further call looks again, and so answers the same.
        guard !mustStop, hasRoom(for: 0) else { return false }
        nextLook = spentSteps &+ 65_536
        return true
    }

    /// Counts steps from nothing again.
    func renewSteps() { (spentSteps, nextLook) = (0, 0) }

    public init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: Storage(arena: Arena.make(capacity: 64 << 10)))
    }

    deinit {
        storage.pointee.arena.destroy()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Whether `byteCount` more bytes fit the memory limit.
    public func hasRoom(for byteCount: Int) -> Bool { arena.used &+ byteCount <= memoryLimit }

    /// Forgets the last evaluation's values; keeps compiled patterns.
    public func reset() {
        storage.pointee.arena.reset()
        (spentSteps, nextLook, noteBytes) = (0, 0, 0)
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
