import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// When output is coloured.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// Whether to colour what goes to a descriptor: never for files and pipes unless asked (https://no-color.org).
    func isOn(for descriptor: Int32) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if Console.environment("NO_COLOR") != nil { return false }
            if let force = Console.environment("CLICOLOR_FORCE") ?? Console.environment("FORCE_COLOR"), force != "0" {
                return true
            }
            return Console.isTerminal(descriptor) && Console.environment("TERM") != "dumb"
        }
    }
}
