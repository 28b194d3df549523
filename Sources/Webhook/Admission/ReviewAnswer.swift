import Diagnostics
import Validation

/// The `response` of an AdmissionReview (`admission/v1` AdmissionResponse; `status` is a `meta/v1` Status).
struct ReviewAnswer {
    private(set) var isAllowed = true
    private(set) var code = 403
    private(set) var reason = "Forbidden"
    /// One line for each violation, worst first.
    private(set) var message = ""
    private(set) var warnings: [String] = []
    /// Ids of the policies that deny.
    private(set) var denying: [String] = []
    private var annotations: [(key: StaticString, value: String)] = []

    /// The API server cuts warnings off beyond these.
    private static let warningLength = 256, warningsLength = 4096
    private static let maximumLines = 100

    /// What follows from a verdict.
    init(_ verdict: AdmissionVerdict, of admission: AdmissionPolicies) {
        let policies = admission.policies
        isAllowed = !verdict.isDenied
        var lines: [String] = []
        for violation in verdict.violations where violation.action == .deny {
            lines.append(Self.line(policies[violation.slot].id, "", violation.message))
        }
        let isViolated = !lines.isEmpty
        for failure in verdict.failures {
            let line = Self.line(policies[failure.slot].id, "could not be evaluated: ", failure.message)
            if failure.mode == .deny { lines.append(line) } else { add(warning: line) }
        }
        if !isAllowed, !isViolated { (code, reason) = (500, "InternalError") }
        if lines.count > Self.maximumLines {
            let rest = lines.count - Self.maximumLines
            lines = lines.prefix(Self.maximumLines) + ["and \(rest) more violations"]
        }
        message = lines.joined(separator: "\n")
        for violation in verdict.violations where violation.action == .warn || violation.action == .dryrun {
            let prefix: StaticString = violation.action == .dryrun ? "dry run: " : ""
            add(warning: Self.line(policies[violation.slot].id, prefix, violation.message))
        }
        limitWarnings()
        annotate(verdict, admission)
    }

    /// An answer that allows, with a warning.
    init(warning: String) { warnings = [warning] }

    /// An answer that refuses for another reason than a policy.
    init(refusal message: String, code: Int, reason: String) {
        (isAllowed, self.code, self.reason, self.message) = (false, code, reason, message)
    }

    private mutating func annotate(_ verdict: AdmissionVerdict, _ admission: AdmissionPolicies) {
        func ids(_ slots: some Sequence<Int>) -> [String] {
            var told: [Int] = []
            for slot in slots {
                let first = admission.firstSlots[slot]
                if told.last != first, !told.contains(first) { told.append(first) }
            }
            return told.map { admission.policies[$0].id }
        }
        func ids(_ action: EnforcementAction) -> [String] {
            ids(verdict.violations.lazy.filter { $0.action == action }.map(\.slot))
        }
        let denied = ids(.deny)
        denying = denied + ids(verdict.failures.lazy.filter { $0.mode == .deny }.map(\.slot))
        annotations.append(("evaluated", String(verdict.evaluated)))
        let lists: [(StaticString, [String])] = [
            ("denied-by", denied), ("warned-by", ids(.warn)), ("dryrun-denied-by", ids(.dryrun)),
            ("failed", ids(verdict.failures.lazy.map(\.slot))),
        ]
        for (key, ids) in lists where !ids.isEmpty { annotations.append((key, ids.joined(separator: ","))) }
    }

    // MARK: Texts

    /// `[ID] message`.
    private static func line(_ id: String, _ prefix: StaticString, _ message: String) -> String {
        var id = id, message = singleLine(message)
        return id.withUTF8 { id in
            message.withUTF8 { message in
                String(unsafeUninitializedCapacity: id.count + prefix.utf8CodeUnitCount + message.count + 3) { room in
                    var end = 0
                    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
                        end = room[end...].initialize(fromContentsOf: bytes)
                    }
                    append(UnsafeBufferPointer(start: ("[" as StaticString).utf8Start, count: 1))
                    append(id)
                    append(UnsafeBufferPointer(start: ("] " as StaticString).utf8Start, count: 2))
                    append(UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
                    append(message)
                    return end
                }
            }
        }
    }

    /// Messages are lines and warnings are parts of a header: neither can hold control characters.
    private static func singleLine(_ text: String) -> String {
        if DisplayText.isPrintableASCII(text) || !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    private mutating func add(warning text: String) {
        guard text.utf8.count > Self.warningLength else { return warnings.append(text) }
        var short = text[...]
        while short.utf8.count > Self.warningLength - 3 { short = short.dropLast() }
        warnings.append(short + "…")
    }

    private mutating func limitWarnings() {
        var room = Self.warningsLength - 64
        for (index, warning) in warnings.enumerated() {
            room -= warning.utf8.count
            if room < 0 {
                let rest = warnings.count - index
                warnings = warnings.prefix(index) + ["and \(rest) more warnings"]
                return
            }
        }
    }

    // MARK: JSON

    /// The AdmissionReview that answers `review`.
    func body(for review: Review) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256 + message.utf8.count)
        output += "{\"apiVersion\":"
        JSONText.append(review.apiVersion, to: &output)
        output += ",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":"
        JSONText.append(review.uid, to: &output)
        output += isAllowed ? ",\"allowed\":true" : ",\"allowed\":false"
        if !isAllowed {
            output += ",\"status\":{\"status\":\"Failure\",\"message\":"
            JSONText.append(message, to: &output)
            JSONText.appendKey("reason", to: &output)
            JSONText.append(reason, to: &output)
            JSONText.appendKey("code", to: &output)
            output += Array(String(code).utf8)
            output += "}"
        }
        if !annotations.isEmpty {
            output += ",\"auditAnnotations\":{"
            for (index, annotation) in annotations.enumerated() {
                JSONText.appendKey(annotation.key, isFirst: index == 0, to: &output)
                JSONText.append(annotation.value, to: &output)
            }
            output += "}"
        }
        if !warnings.isEmpty {
            JSONText.appendKey("warnings", to: &output)
            JSONText.append(warnings, to: &output)
        }
        output += "}}"
        return output
    }
}
