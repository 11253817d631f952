#!/bin/sh
# Makes docs/images/chat.png: a conversation with the Gallery bot of the demo, with the inspector beside it.
set -eu
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { echo "no chromium: apt-get install -y chromium fonts-noto-color-emoji" >&2; exit 1; }
swift build --product quartet

folder=$(mktemp -d)
bin=$(swift build --show-bin-path)
"$bin/quartet" demo --port 0 --state "$folder/state" >"$folder/out" &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; rm -rf "$folder"' EXIT

# Tries a command until it succeeds, for half a minute at most.
until_true() {
    for _ in $(seq 60); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.5
    done
    echo "never true: $*" >&2
    return 1
}
until_true grep -q '^ready: ' "$folder/out"
url=$(sed -n 's/^ready: //p' "$folder/out")
bot=7001

act() { curl -fsS -H 'Content-Type: application/json' -d "$2" "$url/sim/$1" >/dev/null; }
# How many messages of a kind the conversation has.
has() { [ "$(curl -fsS "$url/sim/chats/$bot/messages?user=501" | grep -o "$1" | wc -l)" -ge "$2" ]; }

act start "{\"user\": 501, \"bot\": $bot}"
until_true has '"out":false' 1
act messages "{\"user\": 501, \"chat\": $bot, \"text\": \"/random\"}"
until_true has '"kind":"photo"' 1

mkdir -p docs/images
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,800 --timeout=4000 \
    --user-data-dir="$folder/profile" --screenshot="$folder/chat.png" \
    "$url/?user=501#chat=$bot&inspector" >/dev/null 2>&1
mv "$folder/chat.png" docs/images/chat.png
echo "docs/images/chat.png: $(wc -c <docs/images/chat.png) bytes"
