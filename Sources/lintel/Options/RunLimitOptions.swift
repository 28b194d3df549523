import ArgumentParser

/// What a check may take, and how much of what it finds is listed.
struct RunLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "End the check after this time, such as 30s or 5m, with exit code 2; no end by default.", valueName: "duration"))
    var timeout: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "End the check when it takes more memory, such as 512MiB or 4GiB, with exit code 2; half of the machine's by default.",
            valueName: "size"))
    var memoryLimit: SizeArgument?

    @Option(
        help: ArgumentHelp(
            "List this many violations of a policy for one object and count the others; 0 lists all, the default is 100.",
            valueName: "count"))
    var maxFindings: Int?

    func validate() throws {
        if let maxFindings, maxFindings < 0 { throw ValidationError("--max-findings needs a number from 0.") }
        if let timeout, timeout.nanoseconds == 0 { throw ValidationError("--timeout needs more than no time.") }
    }

    var limits: RunGuard.Limits { RunGuard.Limits(time: timeout?.nanoseconds, memory: memoryLimit?.bytes) }
}

/// A size of memory: a number and a unit (`512MiB`, `4Gi`, `2GB`); without a unit MiB.
struct SizeArgument: ExpressibleByArgument {
    let bytes: Int

    private static let units: [String: Double] = [
        "": 0x1p20, "b": 1, "k": 1e3, "kb": 1e3, "ki": 0x1p10, "kib": 0x1p10, "m": 1e6, "mb": 1e6, "mi": 0x1p20,
        "mib": 0x1p20, "g": 1e9, "gb": 1e9, "gi": 0x1p30, "gib": 0x1p30, "t": 1e12, "tb": 1e12, "ti": 0x1p40,
        "tib": 0x1p40,
    ]

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), let unit = Self.units[argument.dropFirst(digits.count).lowercased()],
            number * unit >= 1, number * unit < 9e18
        else { return nil }
        bytes = Int(number * unit)
    }
}
