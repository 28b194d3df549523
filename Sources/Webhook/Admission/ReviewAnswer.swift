import Catalogue
import Diagnostics

/// The `response` of an AdmissionReview (`admission/v1` AdmissionResponse; `status` is a `meta/v1` Status).
struct ReviewAnswer {
    private(set) var isAllowed = true
    private(set) var code = 403
    private(set) var reason = "Forbidden"
    /// One line for each violation, worst first.
    private(set) var message = ""
    /// Ids of the policies that deny, or would where verdicts are enforced.
    private(set) var denying: [String] = []
    private var warnings = WarningList()
    /// How many policies were evaluated, and the ids of those that had something to say.
    private var evaluated: Int?
    private var mode = AdmissionMode.enforce
    private var annotations: [(key: StaticString, ids: [String])] = []

    private static let maximumLines = 100

    /// What follows from a verdict.
    init(_ verdict: AdmissionVerdict, of admission: AdmissionPolicies) {
        isAllowed = !verdict.isDenied
        var lines: [String] = []
        for violation in verdict.violations where violation.refuses {
            let line = ViolationLine(admission.names[violation.slot], "", violation.message)
            if verdict.mode == .enforce { lines.append(line.text) }
            if verdict.mode == .warn { warnings.add(ViolationLine(line.id, "would be refused: ", line.message)) }
        }
        let isViolated = !lines.isEmpty
        for failure in verdict.failures {
            // What is let in without having been judged is said in every mode.
            let line = ViolationLine(admission.names[failure.slot], "could not be evaluated: ", failure.message)
            if failure.mode == .deny, verdict.mode == .enforce { lines.append(line.text) } else { warnings.add(line) }
        }
        if !isAllowed, !isViolated { (code, reason) = (500, "InternalError") }
        if lines.count > Self.maximumLines {
            let rest = lines.count - Self.maximumLines
            lines = lines.prefix(Self.maximumLines) + ["and \(rest) more violations"]
        }
        message = lines.joined(separator: "\n")
        if verdict.mode != .observe { warn(of: verdict, admission) }
        warnings.finish()
        annotate(verdict, admission)
    }

    private mutating func warn(of verdict: AdmissionVerdict, _ admission: AdmissionPolicies) {
        for violation in verdict.violations where !violation.refuses && violation.action != nil {
            if violation.action == .dryrun, !admission.warnsOfDryRun(violation.slot) { continue }
            let prefix: StaticString =
                violation.isStanding ? "was there before: " : violation.action == .dryrun ? "dry run: " : ""
            warnings.add(ViolationLine(admission.names[violation.slot], prefix, violation.message))
        }
    }

    /// An answer that allows, with a warning.
    init(warning: String) { warnings.add(warning) }

    /// An answer that refuses for another reason than a policy.
    init(refusal message: String, code: Int, reason: String) {
        (isAllowed, self.code, self.reason, self.message) = (false, code, reason, message)
    }

    private mutating func annotate(_ verdict: AdmissionVerdict, _ admission: AdmissionPolicies) {
        /// The ids of the policies of the slots, each once.
        func ids(_ slots: [Int]) -> [String] {
            if slots.isEmpty { return [] }
            var told: [Int] = []
            for slot in slots {
                let first = admission.firstSlots[slot]
                if told.last != first, !told.contains(first) { told.append(first) }
            }
            return told.map { admission.ids[$0] }
        }
        // Violations are large: they are looked at once.
        var refusing: [Int] = [], standing: [Int] = [], warned: [Int] = [], tried: [Int] = []
        for index in verdict.violations.indices {
            let slot = verdict.violations[index].slot
            if verdict.violations[index].refuses { refusing.append(slot) }
            if verdict.violations[index].isStanding { standing.append(slot) }
            if verdict.violations[index].action == .warn { warned.append(slot) }
            if verdict.violations[index].action == .dryrun { tried.append(slot) }
        }
        evaluated = verdict.evaluated
        mode = verdict.mode
        if verdict.wouldBeDenied {
            denying = ids(refusing) + ids(verdict.failures.filter { $0.mode == .deny }.map(\.slot))
        }
        annotations = [
            (mode == .enforce ? "denied-by" : "would-be-denied-by", ids(refusing)), ("grandfathered", ids(standing)),
            ("warned-by", ids(warned)), ("dryrun-denied-by", ids(tried)), ("failed", ids(verdict.failures.map(\.slot))),
        ]
    }

    // MARK: JSON

    /// The AdmissionReview that answers `review`.
    func body(for review: Review) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024 + message.utf8.count + warnings.json.count)
        output += "{\"apiVersion\":"
        JSONBytes.append(review.apiVersion, to: &output)
        output += ",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":"
        JSONBytes.append(review.uid, to: &output)
        output += isAllowed ? ",\"allowed\":true" : ",\"allowed\":false"
        if !isAllowed {
            output += ",\"status\":{\"status\":\"Failure\",\"message\":"
            JSONBytes.append(message, to: &output)
            JSONBytes.appendKey("reason", to: &output)
            JSONBytes.append(reason, to: &output)
            JSONBytes.appendKey("code", to: &output)
            output += Array(String(code).utf8)
            output += "}"
        }
        if let evaluated {
            output += ",\"auditAnnotations\":{\"evaluated\":"
            JSONBytes.append(String(evaluated), to: &output)
            if mode != .enforce {
                JSONBytes.appendKey("mode", to: &output)
                JSONBytes.append(mode.rawValue, to: &output)
            }
            for (key, ids) in annotations where !ids.isEmpty {
                JSONBytes.appendKey(key, to: &output)
                for (index, id) in ids.enumerated() {
                    output += index == 0 ? "\"" : ","
                    JSONBytes.appendEscaped(id, to: &output)
                }
                output += "\""
            }
            output += "}"
        }
        if !warnings.json.isEmpty {
            JSONBytes.appendKey("warnings", to: &output)
            output += "["
            output += warnings.json
            output += "]"
        }
        output += "}}"
        return output
    }
}

/// `[ID] message`: a line of the refusal, or a warning.
struct ViolationLine {
    let id: String
    let prefix: StaticString
    let message: String

    init(_ id: String, _ prefix: StaticString, _ message: String) { (self.id, self.prefix, self.message) = (id, prefix, message) }

    var byteCount: Int { id.utf8.count + prefix.utf8CodeUnitCount + message.utf8.count + 3 }

    /// Whether the message is a line as it is.
    var isPlain: Bool { DisplayText.isPrintableASCII(message) }

    /// Messages are lines and warnings are parts of a header: neither can hold control characters.
    var text: String {
        if isPlain { return "[\(id)] \(prefix)\(message)" }
        return "[\(id)] \(prefix)"
            + String(String.UnicodeScalarView(message.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}

/// Warnings as the elements of a JSON array, within what the API server takes: it cuts off what is beyond.
struct WarningList {
    private(set) var json: [UInt8] = []
    private var room = 4096 - 64
    private var left = 0

    private static let longest = 256

    mutating func add(_ line: ViolationLine) {
        guard line.isPlain, line.byteCount <= Self.longest else { return add(line.text) }
        guard hasRoom(for: line.byteCount) else { return }
        json += json.isEmpty ? "\"[" : ",\"["
        JSONBytes.appendEscaped(line.id, to: &json)
        json += "] "
        json += line.prefix
        JSONBytes.appendEscaped(line.message, to: &json)
        json += "\""
    }

    mutating func add(_ text: String) {
        var short = text[...]
        if text.utf8.count > Self.longest {
            short = text.prefix(Self.longest)
            while short.utf8.count > Self.longest - 3 { short = short.dropLast() }
            short += "…"
        }
        if hasRoom(for: short.utf8.count) { append(String(short)) }
    }

    /// Tells how many did not fit.
    mutating func finish() { if left > 0 { append("and \(left) more warnings") } }

    private mutating func hasRoom(for count: Int) -> Bool {
        room -= count
        if room < 0 { left += 1 }
        return room >= 0
    }

    private mutating func append(_ text: String) {
        if !json.isEmpty { json += "," }
        JSONBytes.append(text, to: &json)
    }
}
