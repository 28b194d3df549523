# syntax=docker/dockerfile:1
ARG SWIFT_VERSION=6.3.1

FROM swift:${SWIFT_VERSION}-bookworm AS build
WORKDIR /src
COPY Makefile ./
RUN make deps
COPY . .
# The policies are compiled beforehand, as `make build` does it: the program takes over the result and starts at once.
ENV LINTEL_POLICY_PROGRAM=/src/.build/policies.program
# Fully static: the final image holds no C library. glibc resolves names by itself in static programs since 2.34.
RUN mkdir -p .build && touch "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel-bundle -Xswiftc -static-executable \
 && .build/release/lintel-bundle --program "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel -Xswiftc -static-executable \
 && install -D -s -m 755 .build/release/lintel /out/lintel \
 && /out/lintel version

# Certificates of public CAs, time zones and the user nonroot; nothing that runs.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/lintel /usr/local/bin/lintel
USER 65532:65532
WORKDIR /workspace
EXPOSE 8443
ENTRYPOINT ["/usr/local/bin/lintel"]
