import RegoRuntime

/// How long a response may be used again (RFC 9111, as far as OPA's `http.send` follows it).
enum HTTPReuse {
    /// The responses that may be kept by their status.
    private static let statuses: Set<Int> = [200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501]

    /// Until when the response is fresh, in nanoseconds since 1970; nil when it may not be kept at all.
    static func freshUntil(_ response: HTTPExchange.Response, _ reuse: HTTPSendRequest.Reuse, now: Int64) -> Int64? {
        guard statuses.contains(response.status) else { return nil }
        if case .forced(let seconds) = reuse { return now + seconds * 1_000_000_000 }
        let control = directives(response.header("cache-control") ?? "")
        if control["no-store"] != nil { return nil }
        guard let date = response.header("date").flatMap(HTTPDate.seconds) else { return nil }
        if control["no-cache"] != nil { return now }
        if let age = control["max-age"] {
            guard let seconds = Int64(age), seconds >= 0 else { return now }
            return (date + min(seconds, 1 << 30)) * 1_000_000_000
        }
        if let expiry = response.header("expires").flatMap(HTTPDate.seconds) { return expiry * 1_000_000_000 }
        return now
    }

    /// Headers that ask the server whether its response still holds; nil when there is nothing to ask by.
    static func validators(_ response: HTTPExchange.Response) -> [(name: String, value: String)]? {
        var headers: [(name: String, value: String)] = []
        if let tag = response.header("etag") { headers.append(("If-None-Match", tag)) }
        if let date = response.header("last-modified") { headers.append(("If-Modified-Since", date)) }
        return headers.isEmpty ? nil : headers
    }

    /// A kept response with the headers of the answer that it still holds.
    static func renewed(_ response: HTTPExchange.Response, by answer: HTTPExchange.Response) -> HTTPExchange.Response {
        var renewed = response
        let names = Set(answer.headers.map { $0.name.lowercased() }).subtracting(["content-length", "content-encoding"])
        renewed.headers.removeAll { names.contains($0.name.lowercased()) }
        renewed.headers += answer.headers.filter { names.contains($0.name.lowercased()) }
        return renewed
    }

    private static func directives(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" }.lowercased() }
            if let name = pair.first { found[name] = pair.count > 1 ? pair[1] : "" }
        }
        return found
    }
}

/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Seconds since 1970.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(of: parts[2].lowercased()), let written = Int64(parts[3]),
            (1970...9999).contains(written)
        else { return nil }
        // Later dates would not fit nanoseconds, and mean "never" anyway.
        let year = min(written, 2200)
        let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]) else {
            return nil
        }
        // Days since 1970 of a year that begins in March (Hinnant's algorithm).
        let shifted = month < 2 ? year - 1 : year, monthOfYear = Int64((month + 10) % 12)
        let dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1
        let era = shifted / 400, yearOfEra = shifted % 400
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
    }
}
