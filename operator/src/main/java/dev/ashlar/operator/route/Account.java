package dev.ashlar.operator.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may sign in.
 *
 * @param hash of the password, by bcrypt
 */
public record Account(String name, String hash) {
    /** Of names only what means the same to every browser; of bcrypt's costs those that take no longer than a third of a second. */
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9._@+-]{1,64}):(\\$2[aby]\\$(?:0[4-9]|1[0-2])\\$[./A-Za-z0-9]{53})");

    private static final int MOST = 500;

    /** Reads what htpasswd wrote, a line for each; throws with what is wrong, for the Site's owner to read, when it is not that. */
    static List<Account> of(String text) {
        List<Account> accounts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher account = LINE.matcher(line);
            if (!account.matches()) {
                throw new IllegalArgumentException("line %d is not NAME:HASH with a bcrypt hash".formatted(number));
            }
            if (!names.add(account.group(1))) {
                throw new IllegalArgumentException("line %d has a name that another line has".formatted(number));
            }
            accounts.add(new Account(account.group(1), account.group(2)));
        }
        if (accounts.isEmpty() || accounts.size() > MOST) {
            throw new IllegalArgumentException("it has %d names, not 1 to %d".formatted(accounts.size(), MOST));
        }
        return accounts;
    }

    /** Without the hash, so that no log has it. */
    @Override
    public String toString() {
        return name;
    }
}
